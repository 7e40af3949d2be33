import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { type AnswerPart, composeAnswer, listNames } from '@/core/comparison/compose-answer';
import { runName } from '@/core/embedding/run-name';
import { describeRecall } from '@/core/similarity/approximate-search';
import type { Comparison } from '@/queries/comparison';
import { isSettled } from '@/queries/neighbours';
import classes from './comparison-answer.module.css';
import { pairKey } from './pair-key';
import type { Agreements } from './use-agreements';
import type { Scores } from './use-scores';

interface Props {
  comparison: Comparison | null;
  agreements: Agreements;
  scores: Scores;
  labelColumn: string | null;
  error: Error | null;
  retry(): void;
}

/** What the comparison comes to, in a sentence whose numbers lead to where they stand. */
export function ComparisonAnswer({ comparison, agreements, scores, labelColumn, error, retry }: Props) {
  if (error !== null) {
    return (
      <div className={classes.answer} role="alert">
        <Words headline="The runs could not be compared.">{error.message} The vectors are kept.</Words>
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      </div>
    );
  }
  const { ofPair, pairCount } = agreements;
  if (comparison === null || ofPair.size < pairCount) {
    return (
      <div className={classes.answer} aria-busy="true">
        <Words headline="Comparing the runs">
          <span className={classes.busy}>
            <Loader size={12} aria-hidden="true" /> Finding the nearest rows of every row in each run
            {ofPair.size > 0 && `: ${ofPair.size} of ${pairCount} pairs compared`}
          </span>
        </Words>
      </div>
    );
  }
  const { runs, rows, withoutVector, duplicateTexts } = comparison;
  const first = ofPair.values().next().value;
  const pairs = runs.flatMap((a, i) =>
    runs.slice(i + 1).flatMap((b) => {
      const agreement = ofPair.get(pairKey(a, b));
      return agreement === undefined
        ? []
        : [
            {
              a: runName(a.spec),
              b: runName(b.spec),
              overlap: agreement.overlap,
              from: `agreement ${pairKey(a, b)}`,
            },
          ];
    }),
  );
  const answer = composeAnswer({
    names: runs.map(({ spec }) => runName(spec)),
    pairs,
    rows: rows.length,
    k: first?.k ?? 0,
    chance: first?.chance ?? null,
    withoutVector,
    duplicateTexts,
    labels: labelColumn === null ? null : labelsOf(scores, labelColumn),
  });
  const recalls = [...ofPair.values()].flatMap(({ recall }) => (recall === null ? [] : [recall]));
  const worst = recalls.toSorted((a, b) => a.value - b.value)[0] ?? null;
  const growing = runs.filter((run) => !isSettled(run));
  return (
    <div className={classes.answer} data-rows={rows.length}>
      <Words headline={<Parts parts={answer.headline} />}>
        <Parts parts={answer.detail} />
        {worst !== null && <span> {describeRecall(worst)}</span>}
        {growing.length > 0 && (
          <span>
            {' '}
            {listNames(growing.map(({ spec }) => runName(spec)))} {growing.length === 1 ? 'is' : 'are'} still
            embedding: the numbers are of the rows all runs have so far, and grow.
          </span>
        )}
      </Words>
    </div>
  );
}

function labelsOf(scores: Scores, column: string) {
  const verdicts = scores.verdictsOf('knnAccuracy');
  if (verdicts === null) return null;
  return {
    column,
    scores: scores.runs.flatMap(({ run, labels }, i) => {
      const value = labels?.knnAccuracy.value ?? null;
      const verdict = verdicts[i] ?? null;
      return value === null || verdict === null
        ? []
        : [{ name: runName(run.spec), value, verdict, from: `score ${run.slot} knnAccuracy` }];
    }),
  };
}

function Words({ headline, children }: { headline: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.words}>
      <h2 className={classes.headline}>{headline}</h2>
      <p className={classes.detail}>{children}</p>
    </div>
  );
}

function Parts({ parts }: { parts: readonly AnswerPart[] }) {
  return parts.map((part, i) =>
    typeof part === 'string' ? (
      part
    ) : (
      <button
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence have no other name
        key={i}
        type="button"
        className={classes.number}
        aria-label={`${part.text}: show where it stands`}
        onClick={() => showSource(part.from)}
      >
        {part.text}
      </button>
    ),
  );
}

function showSource(id: string): void {
  const source = document.getElementById(id);
  source?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  source?.focus({ focusVisible: true } as FocusOptions);
}
