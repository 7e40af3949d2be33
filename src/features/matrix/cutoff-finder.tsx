import { Button, FileButton, Loader, Modal, SegmentedControl } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import { groupsOf } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { type GoldPairs, placePairs, sameFrom } from '@/core/evaluation/judged-pairs';
import { pairsByLabel } from '@/core/evaluation/known-pairs';
import { snapToBin } from '@/core/similarity/pair-histogram';
import { bestCutoffQuery, type KeyedPairs } from '@/queries/cutoff';
import { readGoldPairs } from '@/queries/gold-scores';
import { isSettled } from '@/queries/neighbours';
import { useRuns } from '@/queries/use-workspace';
import { goldPairsStore } from '@/state/gold-pairs';
import { commit, viewStore } from '@/state/view';
import classes from './cutoff-finder.module.css';
import { CutoffResults } from './cutoff-results';
import { JudgePairs } from './judge-pairs';
import { orderColumn } from './matrix-order';

type Source = 'labels' | 'file' | 'judging';

interface Props {
  dataset: Dataset;
  onClose(): void;
}

/** Finds the cut-off of each run that tells best what means the same: by labels, by a file of pairs, or by a person's own eye. */
export function CutoffFinder({ dataset, onClose }: Props) {
  const column = orderColumn(dataset);
  const [source, setSource] = useState<Source>(column === null ? 'judging' : 'labels');
  const gold = useStore(goldPairsStore);
  const placed = useMemo(
    () => (gold.pairs === null ? null : placePairs(dataset, gold.pairs)),
    [dataset, gold.pairs],
  );
  const [failure, setFailure] = useState('');
  const runs = useRuns().filter(isSettled);
  const judgements = useStore(viewStore, ({ view }) => view.judgements[dataset.id]);
  const known = useMemo((): KeyedPairs | null => {
    if (source === 'labels') {
      if (column === null) return null;
      return {
        key: `labels ${dataset.id} ${column.name}`,
        pairs: pairsByLabel(groupsOf(column).groupOf),
        sharesRows: true,
      };
    }
    if (source === 'file') {
      if (gold.pairs === null || placed === null || placed.scores.length === 0) return null;
      const from = sameFrom(gold.pairs) ?? 1;
      return {
        key: `file ${dataset.id} ${gold.version}`,
        pairs: {
          rows: placed.rows,
          same: Uint8Array.from(placed.scores, (score) => (score >= from ? 1 : 0)),
        },
        sharesRows: false,
      };
    }
    if (judgements === undefined || judgements.length === 0) return null;
    return {
      key: `judged ${JSON.stringify(judgements)}`,
      pairs: {
        rows: Uint32Array.from(judgements.flatMap((judged) => judged.slice(0, 2) as number[])),
        same: Uint8Array.from(judgements, ([, , isSame]) => (isSame ? 1 : 0)),
      },
      sharesRows: false,
    };
  }, [source, column, dataset, gold, placed, judgements]);

  const read = async (chosen: File | null) => {
    if (chosen === null) return;
    setFailure('');
    try {
      await readGoldPairs(chosen, dataset);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title="Find the best cut-off"
      size={720}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <SegmentedControl
        aria-label="What is known"
        value={source}
        data={[
          ...(column === null ? [] : [{ value: 'labels', label: `By ${column.name}` }]),
          { value: 'file', label: 'By a pair file' },
          { value: 'judging', label: 'By judging pairs' },
        ]}
        onChange={(value) => setSource(value as Source)}
      />
      {source === 'labels' && column !== null && known !== null && (
        <p className={classes.words}>
          Two rows of one {column.name} count as the same. {describeLabelled(known)}
        </p>
      )}
      {source === 'file' && (
        <div className={classes.words}>
          <p>
            A table with two columns of texts that are in this dataset, and one that says whether they mean
            the same: same or not, 1 or 0, or a score, of which the upper half counts as the same. It stays in
            this browser.
          </p>
          <FileButton onChange={(chosen) => void read(chosen)} accept=".csv,.tsv,.txt,.jsonl,.json">
            {(props) => (
              <Button variant="default" {...props}>
                Choose a pair file
              </Button>
            )}
          </FileButton>
          {failure !== '' && (
            <p role="alert" className={classes.failure}>
              It could not be used. {failure}{' '}
              {gold.file === null ? 'Nothing has changed.' : `The pairs of ${gold.file} are kept.`}
            </p>
          )}
          {gold.pairs !== null && placed !== null && (
            <p>{describeFile(gold.file ?? '', gold.pairs, placed.scores.length)}</p>
          )}
        </div>
      )}
      {source === 'judging' && <JudgePairs dataset={dataset} />}
      {known !== null && <Results runs={runs} known={known} onUsed={onClose} />}
    </Modal>
  );
}

function describeLabelled({ pairs }: KeyedPairs): string {
  const isSampled = 'isSampled' in pairs && pairs.isSampled === true;
  return isSampled
    ? `A sample of ${countOf(pairs.same.length, 'pair')}.`
    : `${countOf(pairs.same.length, 'pair')}.`;
}

function describeFile(name: string, pairs: GoldPairs, placed: number): string {
  if (placed === 0)
    return `None of the ${countOf(pairs.scores.length, 'pair')} of ${name} has both texts in this dataset. Add its texts as another set, embed them, and the pairs tell a cut-off.`;
  const from = sameFrom(pairs);
  const absent = pairs.scores.length - placed;
  const parts = [`${countOf(placed, 'pair')} of ${name}`];
  if (absent > 0) parts.push(`${countOf(absent, 'pair')} left out whose texts are not two rows here`);
  if (pairs.skipped > 0)
    parts.push(`${countOf(pairs.skipped, 'line')} skipped without two texts and a judgement`);
  if (from !== null) parts.push(`scores from ${from.toLocaleString('en')} up count as the same`);
  return `${parts.join('; ')}.`;
}

function Results({ runs, known, onUsed }: { runs: readonly RunRecord[]; known: KeyedPairs; onUsed(): void }) {
  const results = useQueries({ queries: runs.map((run) => bestCutoffQuery(run, known)) });
  const found = runs.map((run, i) => ({ run, ...results[i]! }));
  const isBusy = found.some(({ data, error }) => data === undefined && error === null);
  const best = found.flatMap(({ run, data }) => (data?.best == null ? [] : [{ run, best: data.best }]));
  const failed = found.find(({ error }) => error !== null)?.error ?? null;
  const use = () => {
    const cutoffs = Object.fromEntries(best.map(({ run, best: { cutoff } }) => [run.id, snapToBin(cutoff)]));
    commit({ cutoffs: { ...viewStore.getState().view.cutoffs, ...cutoffs } }, 'Use the best cut-offs');
    onUsed();
  };
  return (
    <>
      {isBusy && (
        <p className={classes.words}>
          <Loader size={12} aria-hidden="true" /> Trying every cut-off
        </p>
      )}
      {failed !== null && (
        <p role="alert" className={classes.failure}>
          A cut-off could not be found. {failed.message}
        </p>
      )}
      {best.length > 0 ? (
        <>
          <CutoffResults results={best} drawnOver={known.sharesRows ? 'rows' : 'pairs'} />
          <div className={classes.actions}>
            <Button onClick={use}>Use {best.length === 1 ? 'this cut-off' : 'these cut-offs'}</Button>
          </div>
        </>
      ) : (
        !isBusy &&
        failed === null && (
          <p className={classes.words}>It takes some pairs that mean the same and some that do not.</p>
        )
      )}
    </>
  );
}
