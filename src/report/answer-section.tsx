import type { ReportComparison, ReportNumber } from '@/core/export/report-data';
import { ModelMark } from '@/gl/model-mark';
import { AxisEnds, Whisker } from '@/gl/whisker';
import classes from './report.module.css';
import { useReport } from './report-state';

/** The answer in words, then every score and the agreement of every pair. */
export function AnswerSection({ comparison }: { comparison: ReportComparison }) {
  return (
    <section aria-labelledby="answer" className={classes.section}>
      <h2 id="answer" className={classes.answer}>
        {comparison.headline}
      </h2>
      <p className={classes.prose}>{comparison.detail}</p>
      <Scoreboard comparison={comparison} />
      <Agreement comparison={comparison} />
    </section>
  );
}

function Scoreboard({ comparison }: { comparison: ReportComparison }) {
  const { data } = useReport().report;
  const { columns, scores, basis } = comparison;
  const hasVerdict = scores.some(({ verdict }) => verdict !== null);
  return (
    <>
      <h3 id="scores" className={classes.subtitle}>
        Scores <span className={classes.note}>{basis}</span>
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-labelledby="scores">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Model</th>
              {hasVerdict && <th scope="col">Verdict</th>}
              {columns.map(({ key, name, axis }) => (
                <th key={key} scope="col" className={axis === null ? classes.number : undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {scores.map(({ run: id, verdict, cells }) => {
              const run = data.runs.find((one) => one.id === id)!;
              return (
                <tr key={id} data-run={id}>
                  <th scope="row">
                    <span className={classes.model}>
                      <ModelMark slot={run.slot} /> {run.name}
                    </span>
                  </th>
                  {hasVerdict && (
                    <td>
                      {verdict !== null && (
                        <span className={classes.verdict} data-kind={verdict.kind}>
                          {verdict.text}
                        </span>
                      )}
                    </td>
                  )}
                  {columns.map((column, i) => (
                    <td key={column.key} className={column.axis === null ? classes.number : undefined}>
                      <Score number={cells[i] ?? null} column={column} slot={run.slot} />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
          <tfoot aria-hidden="true">
            <tr>
              <td />
              {hasVerdict && <td />}
              {columns.map(({ key, axis }) => (
                <td key={key}>
                  {axis !== null && (
                    <AxisEnds
                      axis={axis.ends}
                      format={(value) => axis.words[value === axis.ends[0] ? 0 : 1]}
                    />
                  )}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </section>
    </>
  );
}

function Score({
  number,
  column: { key, axis, yardstick },
  slot,
}: {
  number: ReportNumber | null;
  column: ReportComparison['columns'][number];
  slot: number;
}) {
  if (number === null) return '–';
  return (
    <span className={classes.score}>
      {axis !== null && <Whisker estimate={number} axis={axis.ends} slot={slot} yardstick={yardstick} />}
      <span>
        <span className={classes.value} data-score={key} data-value={number.value}>
          {number.text}
        </span>
        {number.interval !== '' && <span className={classes.interval}>{number.interval}</span>}
      </span>
    </span>
  );
}

function Agreement({ comparison }: { comparison: ReportComparison }) {
  const { data } = useReport().report;
  const { pairs, k, agreementDefinition } = comparison;
  const nameOf = (id: string) => data.runs.find((run) => run.id === id)!;
  const sorted = pairs.toSorted((p, q) => (q.shared?.value ?? -1) - (p.shared?.value ?? -1));
  return (
    <>
      <h3 id="agreement" className={classes.subtitle}>
        Which models agree <span className={classes.note}>{agreementDefinition}</span>
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-labelledby="agreement">
        <table className={`${classes.table} ${classes.few}`}>
          <thead>
            <tr>
              <th scope="col">Models</th>
              <th scope="col">Neighbours shared of {k}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ a, b, shared }) => (
              <tr key={`${a} ${b}`} data-pair={`${a} ${b}`}>
                <th scope="row">
                  <span className={classes.model}>
                    <ModelMark slot={nameOf(a).slot} /> {nameOf(a).name} and{' '}
                    <ModelMark slot={nameOf(b).slot} /> {nameOf(b).name}
                  </span>
                </th>
                <td>
                  {shared === null ? (
                    '–'
                  ) : (
                    <span className={classes.score}>
                      <span className={classes.share} aria-hidden="true">
                        <span style={{ width: `${100 * shared.value}%` }} />
                      </span>
                      <span>
                        <span className={classes.value} data-value={shared.value}>
                          {shared.text}
                        </span>
                        <span className={classes.interval}>{shared.interval}</span>
                      </span>
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
