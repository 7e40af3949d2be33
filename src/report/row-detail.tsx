import { useSyncExternalStore } from 'react';
import { NearestLists } from './nearest-lists';
import { colourWordsOf, textOf } from './open-report';
import classes from './report.module.css';
import { useReport } from './report-state';

/** The row that is kept, or under the pointer, with its nearest texts in every map's model. */
export function RowDetail() {
  const { report, hover, pinned, pin } = useReport();
  const hovered = useSyncExternalStore(hover.subscribe, hover.get);
  const row = pinned ?? hovered;
  return (
    <section id="kept" className={classes.detail} aria-label="Row">
      {row === null ? (
        <p className={classes.note}>Point at a dot to read its text here; click to keep it.</p>
      ) : (
        <>
          <p className={classes.note}>
            Row {row} {pinned === null ? 'under the pointer' : 'kept'}
            {colourWordsOf(report, row) !== '' && <span dir="auto"> · {colourWordsOf(report, row)}</span>}
            {pinned !== null && (
              <>
                {' '}
                <button type="button" className={classes.link} onClick={() => pin(null)}>
                  Let go
                </button>
              </>
            )}
          </p>
          <p className={classes.text} dir="auto">
            {textOf(report, row)}
          </p>
          <NearestLists row={row} count={10} />
        </>
      )}
    </section>
  );
}
