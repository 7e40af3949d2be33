import { useMemo, useState } from 'react';
import { countOf } from '@/core/count-of';
import { ModelMark } from '@/gl/model-mark';
import { groupNameOf, nearestOf, textOf } from './open-report';
import classes from './report.module.css';
import { useReport } from './report-state';

const rowsAPage = 20;

/** Every row with its nearest text in each model, page by page; what is typed narrows them. */
export function RowsSection() {
  const { report, keep, select, hover } = useReport();
  const { data, maps, groups } = report;
  const { scale } = data;
  const { rowCount } = data.dataset;
  const [typed, setTyped] = useState('');
  const [page, setPage] = useState(0);
  const wanted = typed.trim().toLowerCase();
  const found = useMemo(() => {
    const all = Array.from({ length: rowCount }, (_, row) => row);
    if (wanted === '') return all;
    return all.filter(
      (row) =>
        textOf(report, row).toLowerCase().includes(wanted) ||
        groupNameOf(report, row).toLowerCase().includes(wanted),
    );
  }, [report, rowCount, wanted]);
  const last = Math.max(0, Math.ceil(found.length / rowsAPage) - 1);
  const shownPage = Math.min(page, last);
  const shown = found.slice(shownPage * rowsAPage, (shownPage + 1) * rowsAPage);
  return (
    <section aria-labelledby="rows" className={classes.section}>
      <h2 id="rows" className={classes.heading}>
        All rows
      </h2>
      <div className={classes.finder}>
        <input
          type="search"
          aria-label="Find in texts"
          placeholder={data.texts === null ? 'Find a label or row' : 'Find in texts'}
          value={typed}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setPage(0);
          }}
        />
        <span className={classes.note} role="status">
          {countOf(found.length, 'row')}
        </span>
        {wanted !== '' && found.length > 0 && found.length < rowCount && maps.length > 0 && (
          <button type="button" className={classes.link} onClick={() => select(found)}>
            Colour only these on the maps
          </button>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label="Rows of this page">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col" className={classes.number}>
                Row
              </th>
              {data.texts !== null && <th scope="col">Text</th>}
              {groups !== null && <th scope="col">{data.groups?.title}</th>}
              {scale !== null && (
                <th scope="col" dir="auto">
                  {scale.title}
                </th>
              )}
              {maps.map(({ run }) => (
                <th key={run.id} scope="col">
                  <span className={classes.model}>
                    <ModelMark slot={run.slot} /> Nearest in {run.name}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr
                key={row}
                data-row={row}
                onPointerEnter={() => hover.set(row)}
                onPointerLeave={() => hover.set(null)}
              >
                <td className={classes.number}>
                  <button type="button" className={classes.link} onClick={() => keep(row)}>
                    {row}
                  </button>
                </td>
                {data.texts !== null && (
                  <td dir="auto" className={classes.cellText}>
                    {textOf(report, row)}
                  </td>
                )}
                {groups !== null && <td dir="auto">{groupNameOf(report, row)}</td>}
                {scale !== null && <td dir="auto">{scale.words[row]}</td>}
                {maps.map((map) => {
                  const [near] = nearestOf(map, row);
                  return (
                    <td key={map.run.id} className={classes.cellText}>
                      {near === undefined ? (
                        '–'
                      ) : (
                        <>
                          <span dir="auto">{textOf(report, near.row)}</span>{' '}
                          <span className={classes.interval}>{near.similarity}</span>
                        </>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {last > 0 && (
        <nav className={classes.pages} aria-label="Pages of rows">
          <button
            type="button"
            className={classes.button}
            disabled={shownPage === 0}
            onClick={() => setPage(shownPage - 1)}
          >
            Previous
          </button>
          <span className={classes.note}>
            {(shownPage + 1).toLocaleString('en')} of {(last + 1).toLocaleString('en')}
          </span>
          <button
            type="button"
            className={classes.button}
            disabled={shownPage === last}
            onClick={() => setPage(shownPage + 1)}
          >
            Next
          </button>
        </nav>
      )}
    </section>
  );
}
