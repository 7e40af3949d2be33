import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import type { VectorHead } from '@/core/dataset/vectors/vector-column';
import styles from './vector-list.module.css';

/** The vectors that came with a source, and what becomes of them. `joins` is the data they belong to where they came without texts. */
export function VectorList({
  vectors,
  joins,
  isLeftOut,
}: {
  vectors: readonly VectorHead[];
  joins: Dataset | null;
  /** Whether they are not taken over. */
  isLeftOut: boolean;
}) {
  return (
    <section className={styles.vectors} aria-label="Vectors">
      <p className={styles.what}>
        <strong>{countOf(vectors.length, 'array')} of vectors</strong>{' '}
        {isLeftOut
          ? 'left out: vectors belong to a whole dataset. Replace the data to use them.'
          : joins === null
            ? vectors.length === 1
              ? 'becomes a run beside the built-in baselines. Nothing is sent.'
              : 'become a run each beside the built-in baselines. Nothing is sent.'
            : `for the ${countOf(joins.rowCount, 'row')} of ${joins.name}, in their order. Nothing is sent.`}
      </p>
      <ul className={styles.list}>
        {vectors.map(({ name, width, missing, digest }) => (
          <li key={digest}>
            <bdi>{name}</bdi>
            <span>
              {countOf(width, 'number')} a row
              {missing > 0 && ` · ${countOf(missing, 'row')} without a vector`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
