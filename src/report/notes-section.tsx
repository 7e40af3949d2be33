import { countOf } from '@/core/count-of';
import { ModelMark } from '@/gl/model-mark';
import classes from './report.module.css';
import { useReport } from './report-state';

/** What the words mean, which models they were, and how everything was made. */
export function NotesSection() {
  const { data } = useReport().report;
  return (
    <section aria-labelledby="notes" className={classes.section}>
      <h2 id="notes" className={classes.heading}>
        How to read it, and how it was made
      </h2>
      <dl className={classes.definitions}>
        {data.definitions.map(({ name, text }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <h3 className={classes.subtitle}>Models</h3>
      <ul className={classes.plain}>
        {data.runs.map((run) => (
          <li key={run.id}>
            <span className={classes.model}>
              <ModelMark slot={run.slot} /> {run.name}
            </span>{' '}
            <span className={classes.note}>
              {[
                run.model === run.name ? '' : run.model,
                run.provider,
                run.dimensions === null ? '' : countOf(run.dimensions, 'dimension'),
                `${countOf(run.done, 'row')} with a vector`,
                run.failed > 0 ? `${run.failed.toLocaleString('en')} without, because they were refused` : '',
                run.sent,
              ]
                .filter((part) => part !== '')
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      <h3 className={classes.subtitle}>Settings</h3>
      <dl className={classes.settings}>
        {data.settings.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>Written</dt>
          <dd>
            {new Date(data.writtenAt).toISOString().slice(0, 16).replace('T', ' ')} UTC by Murmuration{' '}
            {data.pageVersion}
          </dd>
        </div>
      </dl>
      {data.dataset.remarks.length > 0 && (
        <>
          <h3 className={classes.subtitle}>About the data</h3>
          <ul className={classes.remarks}>
            {data.dataset.remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
