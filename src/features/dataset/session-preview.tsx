import { countOf } from '@/core/count-of';
import { runName } from '@/core/embedding/run-name';
import type { TableHead } from '@/queries/read-table';
import type { SessionHead } from '@/queries/session';
import { describeMoment } from './describe-moment';
import styles from './vector-list.module.css';

/** What a session brings before it is opened. */
export function SessionPreview({ session, table }: { session: SessionHead; table: TableHead }) {
  return (
    <section className={styles.vectors} aria-label="Preview">
      <p className={styles.what}>
        <strong>A session of {table.name}</strong>, written {describeMoment(session.writtenAt, Date.now())}:{' '}
        {countOf(table.rowCount, 'row')}, {countOf(session.runs.length, 'run')} and the view. It takes the
        place of what is on the screen; nothing is sent.
      </p>
      <ul className={styles.list}>
        {session.runs.map(({ record, vectors }) => (
          <li key={record.id}>
            <bdi>{runName(record.spec)}</bdi>
            <span>
              {vectors === null
                ? 'without vectors'
                : `${countOf(record.doneCount, 'vector')} of ${countOf(vectors.width, 'number')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
