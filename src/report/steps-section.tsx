import { useState } from 'react';
import classes from './report.module.css';
import { useReport } from './report-state';

const sectionOf = { map: 'maps', matrix: 'matrix', compare: 'answer', table: 'rows' } as const;

/** The author's presentation, a step at a time; each can bring its rows onto the maps. */
export function StepsSection() {
  const { report, pin, select } = useReport();
  const { steps } = report.data;
  const [at, setAt] = useState(0);
  const step = steps[at]!;
  const go = (to: number) => {
    const next = steps[to];
    if (next === undefined) return;
    setAt(to);
    pin(next.pinned);
    select(next.selection);
  };
  const show = () => {
    pin(step.pinned);
    select(step.selection);
    document.getElementById(sectionOf[step.tab])?.scrollIntoView({ block: 'start' });
  };
  return (
    <section aria-labelledby="story" className={classes.section}>
      <h2 id="story" className={classes.heading}>
        In {steps.length === 1 ? 'one step' : `${steps.length} steps`}
      </h2>
      <div className={classes.story} aria-live="polite">
        <p className={classes.note}>
          {at + 1} of {steps.length}
        </p>
        <h3 className={classes.stepTitle} dir="auto">
          {step.title}
        </h3>
        <p className={classes.stepSentence} dir="auto">
          {step.sentence}
        </p>
        <div className={classes.pages}>
          {steps.length > 1 && (
            <>
              <button type="button" className={classes.button} disabled={at === 0} onClick={() => go(at - 1)}>
                Back
              </button>
              <button
                type="button"
                className={classes.button}
                disabled={at === steps.length - 1}
                onClick={() => go(at + 1)}
              >
                Next
              </button>
            </>
          )}
          <button type="button" className={classes.link} onClick={show}>
            Show it
          </button>
        </div>
      </div>
      <ol className={classes.printedSteps}>
        {steps.map(({ title, sentence }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a file do not change
          <li key={i}>
            <strong>{title}</strong> {sentence}
          </li>
        ))}
      </ol>
    </section>
  );
}
