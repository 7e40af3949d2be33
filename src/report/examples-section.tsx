import { NearestLists } from './nearest-lists';
import { groupNameOf, textOf } from './open-report';
import classes from './report.module.css';
import { useReport } from './report-state';

const nearestShown = 5;

/** Rows that the author or the comparison points out, each with its nearest texts. */
export function ExamplesSection() {
  const { report } = useReport();
  const { examples } = report.data;
  return (
    <section aria-labelledby="examples" className={classes.section}>
      <h2 id="examples" className={classes.heading}>
        Examples
      </h2>
      <p className={classes.prose}>
        Each with its {nearestShown} nearest texts
        {report.maps.length > 1 ? ' in every model that has a map' : ''}, and their similarity.
      </p>
      {examples.map(({ row, why }) => (
        <article key={row} className={classes.example} data-row={row}>
          <p className={classes.note}>
            {why} · row {row}
            {groupNameOf(report, row) !== '' && <span dir="auto"> · {groupNameOf(report, row)}</span>}
          </p>
          <p className={classes.text} dir="auto">
            {textOf(report, row)}
          </p>
          <NearestLists row={row} count={nearestShown} />
        </article>
      ))}
    </section>
  );
}
