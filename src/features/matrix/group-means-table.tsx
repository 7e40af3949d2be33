import { Loader, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { groupsOf } from '@/core/dataset/colour-column';
import type { DatasetColumn } from '@/core/dataset/dataset';
import { formatCount, formatHundredths } from '@/core/similarity/format-similarity';
import { paletteColour } from '@/gl/palettes';
import { groupMeansQuery, type KeyedRows } from '@/queries/matrix-orders';
import { commit } from '@/state/view';
import type { DrawnPicture } from './drawn-pictures';
import classes from './group-means-table.module.css';
import { partOfValue } from './matrix-parts';

/** Groups in the table, the largest; more would be no table any more. */
const groupsShown = 40;

interface Props {
  picture: DrawnPicture;
  column: DatasetColumn;
  rows: KeyedRows;
  onClose(): void;
}

/** How alike the groups of a column are, as a small table; a cell opens the matrix of its two groups. */
export function GroupMeansTable({ picture, column, rows, onClose }: Props) {
  const groups = groupsOf(column);
  const { run } = picture.measured;
  const all = groups.names.length;
  const count = Math.min(groupsShown, all);
  // A column may have as many values as rows: only what is shown is computed.
  const grouped = useMemo(
    () => ({
      key: `column ${column.name}, first ${count}`,
      groupOf: groups.groupOf.map((group) => (group < count ? group : -1)),
    }),
    [column, groups, count],
  );
  const { data, error } = useQuery(groupMeansQuery(run, rows, grouped, count));
  const shown = Array.from({ length: count }, (_, group) => group);
  const scale = picture.scale;
  const open = (a: number, b: number) => {
    const part = (group: number) => partOfValue(column.name, groups.names[group]!);
    commit(
      { matrixRows: part(a), matrixColumns: a === b ? 'same' : part(b) },
      'Open the matrix of two groups',
    );
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="auto"
      title={`Mean similarity by ${column.name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={classes.words}>
        Exact means of the cosine over all pairs of two groups, and within a group over its pairs, in{' '}
        {picture.title}.{all > count && ` The ${count} largest of ${formatCount(all)} groups are shown.`} A
        cell opens the matrix of its groups.
      </p>
      {error !== null && (
        <p className={classes.words} role="alert">
          The means could not be had. {error.message}
        </p>
      )}
      {data === undefined && error === null && (
        <p className={classes.words}>
          <Loader size={12} aria-hidden="true" /> Averaging
        </p>
      )}
      {data !== undefined && (
        <div className={classes.scroll}>
          <table className={classes.table}>
            <thead>
              <tr>
                <td />
                {shown.map((group) => (
                  <th key={group} scope="col" dir="auto">
                    <span>{groups.names[group]}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((a) => (
                <tr key={a}>
                  <th scope="row" dir="auto">
                    {groups.names[a]} <span className={classes.count}>{formatCount(data.sizes[a]!)}</span>
                  </th>
                  {shown.map((b) => {
                    const mean = data.means[a * count + b]!;
                    if (Number.isNaN(mean)) return <td key={b} className={classes.none} />;
                    const [low, high] = scale?.range ?? [0, 1];
                    const inUnit = scale === null ? mean : scale.toUnit(mean);
                    const rgb = paletteColour(picture.palette, (inUnit - low) / (high - low || 1));
                    const isLight = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2] > 140;
                    return (
                      <td key={b} style={{ background: `rgb(${rgb.join(' ')})` }}>
                        <button
                          type="button"
                          style={{ color: isLight ? '#171b21' : '#ffffff' }}
                          title={`${groups.names[a]} × ${groups.names[b]}`}
                          onClick={() => open(a, b)}
                        >
                          {formatHundredths(mean)}
                        </button>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Modal>
  );
}
