import { countOf } from '@/core/count-of';
import { runName } from '@/core/embedding/run-name';
import type { CorrespondenceProps } from './cluster-correspondence';
import classes from './cluster-correspondence.module.css';

/** Clusters drawn on each side; more could not be read. */
const mostShown = 60;
/** Share of a row from which a cell is dark enough for light letters. */
const darkShare = 0.55;

/** Rows are clusters of A, columns clusters of B, cells the rows they share, darker for a larger part of A's cluster. */
export function ClusterMatrix({ a, b, found, onSelect }: CorrespondenceProps) {
  const rows = found.rowOrder.slice(0, mostShown);
  const columns = found.columnOrder.slice(0, mostShown);
  const hasNoneInB = found.onlyInA.some((count) => count > 0);
  const isCut = rows.length < a.clusters.count || columns.length < b.clusters.count;
  return (
    <div className={classes.scroller}>
      {isCut && (
        <p className={classes.sentence}>
          The first {mostShown} of each are drawn; a lower resolution of the clusters gives fewer.
        </p>
      )}
      <table className={classes.table}>
        <caption className={classes.hidden}>
          Rows shared by the clusters of {runName(a.run.spec)} and those of {runName(b.run.spec)}
        </caption>
        <thead>
          <tr>
            <td className={classes.corner}>
              {runName(a.run.spec)} ↓ {runName(b.run.spec)} →
            </td>
            {columns.map((column) => (
              <th key={column} scope="col" className={classes.column}>
                <button type="button" title={b.names[column]} onClick={() => onSelect(null, column)}>
                  {b.names[column]}
                </button>
              </th>
            ))}
            {hasNoneInB && <th className={classes.column}>no cluster</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row" className={classes.row}>
                <button type="button" title={a.names[row]} onClick={() => onSelect(row, null)}>
                  <span dir="auto">{a.names[row]}</span>
                  <span className={classes.count}>{a.clusters.sizes[row]!.toLocaleString('en')}</span>
                </button>
              </th>
              {columns.map((column) => {
                const count = found.counts[row * found.columns + column]!;
                const share = count / a.clusters.sizes[row]!;
                return (
                  <td key={column} className={classes.cell}>
                    {count > 0 && (
                      <button
                        type="button"
                        title={`${countOf(count, 'row')}: ${a.names[row]} | ${b.names[column]}`}
                        aria-label={`Select ${countOf(count, 'row')} in ${a.names[row]} and ${b.names[column]}`}
                        style={{
                          background: `color-mix(in srgb, var(--accent) ${Math.round(100 * share)}%, var(--sunk))`,
                          color: share >= darkShare ? 'var(--on-accent)' : 'var(--text)',
                        }}
                        onClick={() => onSelect(row, column)}
                      >
                        {count.toLocaleString('en')}
                      </button>
                    )}
                  </td>
                );
              })}
              {hasNoneInB && (
                <td className={classes.rest}>
                  {found.onlyInA[row]! > 0 ? found.onlyInA[row]!.toLocaleString('en') : ''}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
