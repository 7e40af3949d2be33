import { Button, FileButton, Loader, Tooltip } from '@mantine/core';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { fewestTellingRows } from '@/core/evaluation/bootstrap';
import type { GoldScores } from '@/core/evaluation/gold-pairs';
import type { GoldPairs } from '@/core/evaluation/judged-pairs';
import { axisOf } from '@/core/evaluation/whisker-axis';
import { ModelMark } from '@/gl/model-mark';
import { AxisEnds, Whisker } from '@/gl/whisker';
import type { Comparison } from '@/queries/comparison';
import { readGoldPairs } from '@/queries/gold-scores';
import { goldPairsStore } from '@/state/gold-pairs';
import { selectRows } from '@/state/selection';
import { fileNameFor } from '@/ui/save-file';
import { CsvButton } from './csv-button';
import { Failure } from './failure';
import { contradictingRows } from './rows-behind';
import classes from './scoreboard.module.css';
import { goldCsv } from './scores-csv';
import type { GoldMeasure, ShownGold } from './use-gold-scores';
import { VerdictBadge } from './verdict-badge';

interface Props {
  comparison: Comparison;
  /** Null without a file. */
  gold: ShownGold | null;
  dataset: Dataset;
}

/** Scores of the compared runs on pairs of texts that someone judged, from a file. */
export function GoldPanel({ comparison, gold, dataset }: Props) {
  const { file, pairs } = useStore(goldPairsStore);
  const [problem, setProblem] = useState<string | null>(null);
  const [isReading, setIsReading] = useState(false);
  const take = async (chosen: File | null) => {
    if (chosen === null) return;
    setIsReading(true);
    try {
      await readGoldPairs(chosen, dataset);
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setIsReading(false);
    }
  };
  return (
    <div className={classes.board}>
      <div className={classes.corner}>
        {isReading && <Loader size={12} aria-label="Reading the file" />}
        {gold !== null && gold.scores.length > 0 && (
          <CsvButton
            name="Gold pairs (CSV)"
            fileName={fileNameFor(dataset.name, null, 'gold-pairs.csv')}
            write={() => goldCsv(comparison.runs, gold)}
          />
        )}
        <FileButton onChange={(chosen) => void take(chosen)} accept=".csv,.tsv,.txt,.json,.jsonl">
          {(props) => (
            <Button {...props} variant="default" leftSection={<Upload size={14} strokeWidth={1.5} />}>
              Gold pairs file
            </Button>
          )}
        </FileButton>
      </div>
      <p className={classes.note}>
        {file === null
          ? 'Two texts a line and a score, or same and not, as CSV or TSV: do the cosines follow? No text is sent.'
          : `${file}: ${describePairs(pairs)}`}
      </p>
      {problem !== null && (
        <Failure what="The file could not be used.">
          {problem} {file === null ? 'Nothing has changed.' : `The pairs of ${file} are kept.`} Choose a file
          with three such columns.
        </Failure>
      )}
      {gold !== null && <GoldTable comparison={comparison} gold={gold} />}
    </div>
  );
}

function describePairs(pairs: GoldPairs | null): string {
  if (pairs === null) return '';
  const kind = pairs.kind === 'same' ? 'judged same or not' : 'with a score';
  const skipped = pairs.skipped > 0 ? `, ${countOf(pairs.skipped, 'line')} without one skipped` : '';
  return `${countOf(pairs.scores.length, 'pair')} ${kind}${skipped}`;
}

function GoldTable({ comparison, gold }: { comparison: Comparison; gold: ShownGold }) {
  const { measure, placed, leftOut, scores, verdicts, error, retry } = gold;
  const count = placed.scores.length;
  if (count === 0) {
    return (
      <p className={classes.remark}>
        None of these pairs has both texts among the compared rows. Add the file’s texts as another set (Add
        data), embed them, and the pairs are scored here.
      </p>
    );
  }
  const axis = axisOf(scores.map((score) => score?.[measure]));
  const order = comparison.runs
    .map((_, i) => i)
    .sort((a, b) => (scores[b]?.[measure].value ?? -2) - (scores[a]?.[measure].value ?? -2) || a - b);
  const hasCutOff = measure === 'averagePrecision';
  return (
    <div className={classes.scroller}>
      {error !== null && (
        <Failure what="Some runs could not be scored." onRetry={retry}>
          {error.message} The pairs and the vectors are kept.
        </Failure>
      )}
      <table className={classes.table} aria-label="Gold pairs">
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col" className={classes.verdict}>
              Verdict
            </th>
            <th scope="col" className={classes.scale}>
              {hasCutOff ? 'Average precision' : 'Spearman'}
            </th>
            {hasCutOff &&
              ['Best cut-off', 'F1 there'].map((name) => (
                <th key={name} scope="col" className={classes.number}>
                  {name}
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {order.map((index) => {
            const run = comparison.runs[index]!;
            return (
              <tr key={run.id} data-run={run.id}>
                <th scope="row" className={classes.model} title={run.spec.model}>
                  <span className={classes.name}>
                    <ModelMark slot={run.slot} /> <span>{runName(run.spec)}</span>
                  </span>
                </th>
                <td>
                  <VerdictBadge verdict={verdicts?.[index] ?? null} unit="number" />
                </td>
                <GoldCells
                  run={run}
                  score={scores[index]}
                  measure={measure}
                  axis={axis}
                  rows={placed.rows}
                  isFailed={error !== null}
                />
              </tr>
            );
          })}
        </tbody>
        <tfoot aria-hidden="true">
          <tr>
            <td />
            <td />
            <td>{axis !== null && <AxisEnds axis={axis} format={(value) => value.toFixed(1)} />}</td>
          </tr>
        </tfoot>
      </table>
      <p className={classes.remark}>
        From {countOf(count, 'pair')}
        {leftOut > 0 &&
          `; ${countOf(leftOut, 'pair')} left out, with a text that is not among the compared rows`}
        .{count < fewestTellingRows && ' Too few to tell models apart.'} Bars are 95 % intervals over pairs,
        1,000 redraws. A click on a number selects the texts of the pairs that go against it most.
      </p>
    </div>
  );
}

interface CellsProps {
  run: RunRecord;
  score: GoldScores | undefined;
  measure: GoldMeasure;
  axis: readonly [number, number] | null;
  /** Dataset rows, two a pair. */
  rows: Uint32Array;
  isFailed: boolean;
}

function GoldCells({ run, score, measure, axis, rows, isFailed }: CellsProps) {
  if (score === undefined)
    return <td>{isFailed ? '–' : <Loader size={12} role="img" aria-label="being computed" />}</td>;
  const { value, low, high } = score[measure];
  const decimals = (number: number | null) => number?.toFixed(2).replace('-', '−') ?? '–';
  const words =
    value === null ? 'no number: all alike' : `95 % interval ${decimals(low)} to ${decimals(high)}`;
  const behind = contradictingRows(score, rows);
  return (
    <>
      <td>
        <span className={classes.score}>
          {axis !== null && (
            <Whisker estimate={score[measure]} axis={axis} slot={run.slot} yardstick={null} />
          )}
          <Tooltip
            label={`${words}. Click selects ${countOf(behind.rows.length, 'row')}: ${behind.what}.`}
            multiline
            w={264}
          >
            <button
              type="button"
              id={`gold ${run.slot}`}
              className={classes.rowsBehind}
              data-value={value ?? undefined}
              aria-label={`${runName(run.spec)}: ${decimals(value)}, ${words}. Select ${countOf(behind.rows.length, 'row')}: ${behind.what}`}
              onClick={() => selectRows(behind.rows, 'replace', 'Select rows of judged pairs')}
            >
              {decimals(value)}
            </button>
          </Tooltip>
        </span>
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
