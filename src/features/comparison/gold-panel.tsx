import { Button, FileButton, Loader, Tooltip } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import { runName } from '@/core/embedding/run-name';
import { fewestTellingRows } from '@/core/evaluation/bootstrap';
import type { GoldPairs, GoldScores } from '@/core/evaluation/gold-pairs';
import { judge, type Verdict } from '@/core/evaluation/verdict';
import { ModelMark } from '@/gl/model-mark';
import { Whisker } from '@/gl/whisker';
import { axisOf } from '@/gl/whisker-axis';
import type { Comparison } from '@/queries/comparison';
import { goldScoresQuery, placePairs, readGoldPairs } from '@/queries/gold-scores';
import { goldPairsStore } from '@/state/gold-pairs';
import classes from './scoreboard.module.css';

/** Scores of the compared runs on pairs of texts that someone judged, from a file. */
export function GoldPanel({ comparison, dataset }: { comparison: Comparison; dataset: Dataset }) {
  const { file, pairs } = useStore(goldPairsStore);
  const [problem, setProblem] = useState<string | null>(null);
  const [isReading, setIsReading] = useState(false);
  const take = async (chosen: File | null) => {
    if (chosen === null) return;
    setIsReading(true);
    try {
      await readGoldPairs(chosen);
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setIsReading(false);
    }
  };
  return (
    <div className={classes.board}>
      <div className={classes.head}>
        <p className={classes.remark}>
          {file === null
            ? 'Two texts a line and a score, or same and not, as CSV or TSV: do the cosines follow? No text is sent.'
            : `${file}: ${describePairs(pairs)}`}
        </p>
        {isReading && <Loader size={12} aria-label="Reading the file" />}
        <FileButton onChange={(chosen) => void take(chosen)} accept=".csv,.tsv,.txt,.json,.jsonl">
          {(props) => (
            <Button {...props} variant="default" leftSection={<Upload size={14} strokeWidth={1.5} />}>
              Gold pairs file
            </Button>
          )}
        </FileButton>
      </div>
      {problem !== null && (
        <p className={classes.remark} role="alert">
          {problem} {file === null ? 'Nothing has changed.' : `The pairs of ${file} are kept.`} Choose a file
          with three such columns.
        </p>
      )}
      {pairs !== null && <GoldTable comparison={comparison} dataset={dataset} pairs={pairs} />}
    </div>
  );
}

function describePairs(pairs: GoldPairs | null): string {
  if (pairs === null) return '';
  const kind = pairs.kind === 'same' ? 'judged same or not' : 'with a score';
  const skipped = pairs.skipped > 0 ? `, ${countOf(pairs.skipped, 'line')} without one skipped` : '';
  return `${countOf(pairs.scores.length, 'pair')} ${kind}${skipped}`;
}

interface TableProps {
  comparison: Comparison;
  dataset: Dataset;
  pairs: GoldPairs;
}

function GoldTable({ comparison, dataset, pairs }: TableProps) {
  const version = useStore(goldPairsStore, (state) => state.version);
  const placed = useMemo(() => placePairs(dataset, pairs), [dataset, pairs]);
  const compared = useMemo(
    () => onlyCompared(placed, comparison, dataset.rowCount),
    [placed, comparison, dataset],
  );
  const count = compared.scores.length;
  const results = useQueries({
    queries:
      count === 0 ? [] : comparison.runs.map((run) => goldScoresQuery(run, compared, pairs.kind, version)),
  });
  if (count === 0) {
    return (
      <p className={classes.remark}>
        None of these pairs has both texts among the compared rows. Add the file’s texts as another set (Add
        data), embed them, and the pairs are scored here.
      </p>
    );
  }
  const scores = results.map(({ data }) => data);
  const measure = pairs.kind === 'score' ? 'spearman' : 'averagePrecision';
  const isComplete = scores.every((score) => score !== undefined);
  const verdicts = isComplete
    ? judge(
        scores.map((score) => score[measure].value),
        scores.map(({ replicates }) => replicates),
        count,
      )
    : null;
  const axis = axisOf(scores.map((score) => score?.[measure]));
  const order = comparison.runs
    .map((_, i) => i)
    .sort((a, b) => (scores[b]?.[measure].value ?? -2) - (scores[a]?.[measure].value ?? -2) || a - b);
  const left = placed.absent + (placed.scores.length - count);
  return (
    <div className={classes.scroller}>
      <table className={classes.table} aria-label="Gold pairs">
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Verdict</th>
            <th scope="col">{measure === 'spearman' ? 'Spearman' : 'Average precision'}</th>
            {measure === 'averagePrecision' && (
              <>
                <th scope="col" className={classes.number}>
                  Best cut-off
                </th>
                <th scope="col" className={classes.number}>
                  F1 there
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {order.map((index) => {
            const run = comparison.runs[index]!;
            return (
              <tr key={run.id} data-run={run.id}>
                <th scope="row" className={classes.model}>
                  <span className={classes.name}>
                    <ModelMark slot={run.slot} /> {runName(run.spec)}
                  </span>
                </th>
                <td>
                  <GoldVerdict verdict={verdicts?.[index] ?? null} />
                </td>
                <GoldCells score={scores[index]} measure={measure} axis={axis} slot={run.slot} />
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className={classes.remark}>
        From {countOf(count, 'pair')}
        {left > 0 && `; ${countOf(left, 'pair')} left out, with a text that is not among the compared rows`}.
        {count < fewestTellingRows && ' Too few to tell models apart.'} Bars are 95 % intervals over pairs,
        1,000 redraws.
      </p>
    </div>
  );
}

function onlyCompared(
  { rows, scores }: { rows: Uint32Array; scores: Float64Array; absent: number },
  comparison: Comparison,
  rowCount: number,
) {
  const hasVector = new Uint8Array(rowCount);
  for (const row of comparison.rows) hasVector[row] = 1;
  const kept = Array.from(scores.keys()).filter(
    (i) => hasVector[rows[2 * i]!] === 1 && hasVector[rows[2 * i + 1]!] === 1,
  );
  return {
    rows: Uint32Array.from(kept.flatMap((i) => [rows[2 * i]!, rows[2 * i + 1]!])),
    scores: Float64Array.from(kept, (i) => scores[i]!),
    absent: 0,
  };
}

interface CellsProps {
  score: GoldScores | undefined;
  measure: 'spearman' | 'averagePrecision';
  axis: readonly [number, number] | null;
  slot: number;
}

function GoldCells({ score, measure, axis, slot }: CellsProps) {
  if (score === undefined)
    return (
      <td>
        <Loader size={12} role="img" aria-label="being computed" />
      </td>
    );
  const { value, low, high } = score[measure];
  const decimals = (number: number | null) => number?.toFixed(2).replace('-', '−') ?? '–';
  return (
    <>
      <td>
        <Tooltip
          label={
            value === null ? 'no number: all alike' : `95 % interval ${decimals(low)} to ${decimals(high)}`
          }
        >
          <span className={classes.score}>
            {axis !== null && <Whisker estimate={score[measure]} axis={axis} slot={slot} yardstick={null} />}
            <span className={classes.value} data-value={value ?? undefined}>
              {decimals(value)}
            </span>
          </span>
        </Tooltip>
      </td>
      {measure === 'averagePrecision' && (
        <>
          <td className={classes.number}>{decimals(score.cutOff)}</td>
          <td className={classes.number}>{decimals(score.bestF1)}</td>
        </>
      )}
    </>
  );
}

function GoldVerdict({ verdict }: { verdict: Verdict | null }) {
  if (verdict === null) return null;
  if (verdict.kind === 'highest') return <span className={classes.highest}>highest</span>;
  if (verdict.kind === 'close') return <span className={classes.close}>too close to call</span>;
  return <span className={classes.behind}>behind by {verdict.gap.toFixed(2)}</span>;
}
