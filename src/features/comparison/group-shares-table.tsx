import { useMemo } from 'react';
import { countOf } from '@/core/count-of';
import type { RowGroups } from '@/core/dataset/group-rows';
import { selectRows } from '@/state/selection';
import { averageShares, type GroupShare } from './average-shares';
import { CsvButton } from './csv-button';
import { averagesCsv } from './disagreement-csv';
import classes from './group-shares-table.module.css';
import type { ComparedRow } from './order-by-overlap';

/** A mean over fewer rows says little. */
const fewestTellingRows = 5;

interface Props {
  /** What the rows are grouped by: a column's name, "Cluster of A". */
  title: string;
  groups: RowGroups;
  /** Whether the groups are ranges of a number or date, which are listed as they rise. */
  areRanges?: boolean;
  /** What rows without a group are called. */
  emptyName: string;
  rows: readonly ComparedRow[];
  k: number;
  /** What two lists drawn at random share, 0 to 1. */
  chance: number | null;
  fileName: string;
}

/** Common neighbours averaged over the rows of each group, the groups seen most differently first, ranges in their order. A click selects the rows. */
export function GroupSharesTable({
  title,
  groups,
  areRanges = false,
  emptyName,
  rows,
  k,
  chance,
  fileName,
}: Props) {
  const shares = useMemo(() => {
    const found = averageShares(rows, groups);
    return areRanges ? found.toSorted((a, b) => placeOf(a) - placeOf(b)) : found;
  }, [rows, groups, areRanges]);
  return (
    <>
      <p className={classes.head}>
        Over {countOf(rows.length, 'row')},{' '}
        {areRanges ? 'in ranges of about as many rows each.' : 'the groups seen most differently first.'} A
        click selects a group.
        <CsvButton
          name="Averages (CSV)"
          fileName={fileName}
          write={() => averagesCsv(title, emptyName, shares, k)}
        />
      </p>
      <div className={classes.scroller}>
        <table className={classes.table} aria-label={`Shared neighbours by ${title}`}>
          <thead>
            <tr>
              <th scope="col">{title}</th>
              <th scope="col" className={classes.number}>
                Rows
              </th>
              <th scope="col" className={classes.number}>
                Shared of {k}
              </th>
              <th scope="col">
                <span className={classes.scale}>
                  <span>0</span>
                  {chance !== null && <span>the line is chance, {(chance * k).toFixed(1)}</span>}
                  <span>{k}</span>
                </span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shares.map(({ group, name, rows: ofGroup, meanShared }) => (
              <tr key={group} className={classes.row}>
                <th scope="row">
                  <button
                    type="button"
                    className={classes.pick}
                    aria-label={`Select ${countOf(ofGroup.length, 'row')} of ${name === '' ? emptyName : name}`}
                    onClick={() => selectRows(ofGroup, 'replace', 'Select group')}
                  >
                    <span dir="auto">{name === '' ? emptyName : name}</span>
                  </button>
                </th>
                <td className={classes.number}>{ofGroup.length.toLocaleString('en')}</td>
                <td className={classes.number}>
                  {meanShared.toFixed(1)}
                  {ofGroup.length < fewestTellingRows && <span className={classes.few}> few rows</span>}
                </td>
                <td>
                  <span className={classes.track} aria-hidden="true">
                    <span className={classes.bar} style={{ width: `${(100 * meanShared) / k}%` }} />
                    {chance !== null && (
                      <span className={classes.chance} style={{ insetInlineStart: `${100 * chance}%` }} />
                    )}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Rows without a value come last. */
function placeOf({ group }: GroupShare): number {
  return group < 0 ? Number.POSITIVE_INFINITY : group;
}
