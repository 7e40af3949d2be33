import { countOf } from '@/core/count-of';
import { columnNamed, type Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import styles from './import-preview.module.css';

const shownRows = 8;
const shownLength = 240;

/** The places that would join the rows on the screen, beside the texts that they are taken to belong to. */
export function JoinPreview({
  joined,
  current,
  hasVectors,
}: {
  joined: Dataset | null;
  current: Dataset;
  hasVectors: boolean;
}) {
  if (joined === null) {
    return hasVectors ? null : (
      <p className={styles.counts}>Choose the two columns that hold the places on a map.</p>
    );
  }
  const names = joined.coordinates ?? [];
  const rows = Array.from({ length: Math.min(shownRows, current.rowCount) }, (_, row) => row);
  return (
    <section className={styles.preview} aria-label="Preview">
      <p className={styles.counts}>
        <strong>A map of the {countOf(current.rowCount, 'row')}</strong> of {current.name}. Its runs and
        everything else stay; UMAP and PCA can be chosen again under Layout.
      </p>
      <table className={styles.table}>
        <caption className={styles.caption}>
          {rows.length < current.rowCount ? `The first ${rows.length} rows` : 'All rows'} on the screen, and
          their places
        </caption>
        <thead>
          <tr>
            <th scope="col" data-role="text">
              {current.textColumn ?? 'text'}
            </th>
            {names.map((name, axis) => (
              <th key={name} scope="col" data-role="place">
                <span dir="auto">{name}</span>
                <small>{axis === 0 ? 'map x' : 'map y'}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <td data-role="text">
                <div dir="auto">{textAt(current.texts, row).slice(0, shownLength)}</div>
              </td>
              {names.map((name) => (
                <td key={name} data-role="place">
                  <div dir="auto">{textAt(columnNamed(joined, name)!.cells, row).slice(0, shownLength)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
