import { Button, Loader } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { type AnswerPart, listNames, type Source, type SourcePlace } from '@/core/comparison/answer-part';
import { type AnswerGold, type AnswerLabels, composeAnswer } from '@/core/comparison/compose-answer';
import type { AnswerScore } from '@/core/comparison/describe-verdicts';
import { shortenNames } from '@/core/comparison/shorten-names';
import { runName } from '@/core/embedding/run-name';
import { describeRecall } from '@/core/similarity/approximate-search';
import type { Comparison } from '@/queries/comparison';
import { isSettled } from '@/queries/neighbours';
import { commit, type View } from '@/state/view';
import classes from './comparison-answer.module.css';
import { pairKey } from './pair-key';
import type { Agreements } from './use-agreements';
import type { ShownGold } from './use-gold-scores';
import type { Scores } from './use-scores';

interface Props {
  /** Runs to be compared, known before the comparison is. */
  runCount: number;
  comparison: Comparison | null;
  agreements: Agreements;
  scores: Scores;
  gold: ShownGold | null;
  labelColumn: string | null;
  error: Error | null;
  retry(): void;
}

/** What the comparison comes to, in a sentence whose numbers lead to where they stand. */
export function ComparisonAnswer({
  comparison,
  agreements,
  runCount,
  scores,
  gold,
  labelColumn,
  error,
  retry,
}: Props) {
  if (error !== null) {
    return (
      <div className={classes.answer} data-failed role="alert">
        <TriangleAlert size={20} strokeWidth={1.5} className={classes.alarm} aria-hidden="true" />
        <Words headline="The runs could not be compared.">{error.message} The vectors are kept.</Words>
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      </div>
    );
  }
  const { ofPair, pairCount } = agreements;
  const isMany = runCount > 2;
  if (comparison === null || ofPair.size < pairCount) {
    return (
      <div className={classes.answer} data-many={isMany || undefined} aria-busy="true">
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
  const names = shortenNames(runs.map(({ spec }) => runName(spec)));
  const pairs = runs.flatMap((a, i) =>
    runs.flatMap((b, j) => {
      const agreement = j > i ? ofPair.get(pairKey(a, b)) : undefined;
      if (agreement === undefined) return [];
      const from: Source = { id: `agreement ${pairKey(a, b)}`, under: 'overlap' };
      return [{ a: names[i]!, b: names[j]!, overlap: agreement.overlap, from }];
    }),
  );
  const widths = new Map(
    runs.flatMap(({ width, slot }, i) =>
      width === null ? [] : [[names[i]!, { width, from: onBoard(`dimensions ${slot}`) }] as const],
    ),
  );
  const answer = composeAnswer({
    names,
    widths,
    pairs,
    rows: rows.length,
    k: first?.k ?? 0,
    chance: first?.chance ?? null,
    withoutVector,
    duplicateTexts,
    labels: labelColumn === null ? null : labelsOf(scores, names, labelColumn),
    gold: gold === null ? null : goldOf(gold, runs, names),
  });
  const recalls = [...ofPair.values()].flatMap(({ recall }) => (recall === null ? [] : [recall]));
  const worst = recalls.toSorted((a, b) => a.value - b.value)[0] ?? null;
  const growing = runs.filter((run) => !isSettled(run));
  return (
    <div className={classes.answer} data-many={isMany || undefined} data-rows={rows.length}>
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

function onBoard(id: string): Source {
  return { id, under: 'scoreboard' };
}

function labelsOf(scores: Scores, names: readonly string[], column: string): AnswerLabels | null {
  const list = (measure: 'knnAccuracy' | 'separationAuc', among?: readonly number[]): AnswerScore[] =>
    scores.runs.flatMap(({ run, labels }, i) => {
      const value = labels?.[measure].value ?? null;
      const verdict = scores.verdictsOf(measure, among)?.[i] ?? null;
      return value === null || verdict === null
        ? []
        : [{ name: names[i]!, value, verdict, from: onBoard(`score ${run.slot} ${measure}`) }];
    });
  if (scores.verdictsOf('knnAccuracy') === null) return null;
  const closeness = (among: readonly string[]) =>
    list(
      'separationAuc',
      among.map((name) => names.indexOf(name)),
    );
  return { column, votes: list('knnAccuracy'), closeness };
}

function goldOf(
  { measure, scores, verdicts }: ShownGold,
  runs: Comparison['runs'],
  names: readonly string[],
): AnswerGold {
  return {
    measure,
    scores: runs.flatMap(({ slot }, i) => {
      const value = scores[i]?.[measure].value ?? null;
      const verdict = verdicts?.[i] ?? null;
      const from: Source = { id: `gold ${slot}`, under: 'gold' };
      return value === null || verdict === null ? [] : [{ name: names[i]!, value, verdict, from }];
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
  return parts.map((part, i) => {
    const [before, after] = [parts[i - 1], parts[i + 1]];
    if (typeof part === 'string') {
      const start = i > 0 && typeof before !== 'string' ? closingOf(part).length : 0;
      const end = after !== undefined && typeof after !== 'string' ? openingOf(part).length : 0;
      return part.slice(start, part.length - end);
    }
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence have no other name
      <span key={i} className={classes.together}>
        {typeof before === 'string' && openingOf(before)}
        <button
          type="button"
          className={classes.number}
          aria-label={`${part.text}: show where it stands`}
          onClick={() => showSource(part.from)}
        >
          {part.text}
        </button>
        {typeof after === 'string' && closingOf(after)}
      </span>
    );
  });
}

/** What stays on a number's line: the bracket before it, the stop after it. */
const openingOf = (text: string) => /\($/.exec(text)?.[0] ?? '';
const closingOf = (text: string) => /^[).,;’]+/.exec(text)?.[0] ?? '';

/** The choices under which the numbers of a part of the tab are on the page. */
const placesOf = {
  scoreboard: { comparisonPanel: 'scores' },
  gold: { comparisonPanel: 'pairs' },
  overlap: { agreement: 'overlap' },
} as const satisfies Record<SourcePlace, Partial<View>>;

function showSource({ id, under }: Source): void {
  if (under !== undefined) flushSync(() => commit(placesOf[under]));
  const source = document.getElementById(id);
  source?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  source?.focus({ focusVisible: true } as FocusOptions);
}
