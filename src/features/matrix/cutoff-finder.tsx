import { Button, FileButton, Loader, Modal, SegmentedControl } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import { groupsOf } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { type PairFile, pairsByLabel } from '@/core/evaluation/known-pairs';
import { snapToBin } from '@/core/similarity/pair-histogram';
import { bestCutoffQuery, type KeyedPairs, loadPairFile } from '@/queries/cutoff';
import { isSettled } from '@/queries/neighbours';
import { useRuns } from '@/queries/use-workspace';
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
  const [file, setFile] = useState<{ name: string; read: PairFile } | null>(null);
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
    if (source === 'file')
      return file === null
        ? null
        : { key: `file ${file.name} ${file.read.same.length}`, pairs: file.read, sharesRows: false };
    if (judgements === undefined || judgements.length === 0) return null;
    return {
      key: `judged ${JSON.stringify(judgements)}`,
      pairs: {
        rows: Uint32Array.from(judgements.flatMap((judged) => judged.slice(0, 2) as number[])),
        same: Uint8Array.from(judgements, ([, , isSame]) => (isSame ? 1 : 0)),
      },
      sharesRows: false,
    };
  }, [source, column, dataset, file, judgements]);

  const read = async (chosen: File | null) => {
    if (chosen === null) return;
    setFailure('');
    try {
      const found = await loadPairFile(dataset, chosen);
      if (found.same.length === 0)
        setFailure('No line of it has two texts of this dataset and a judgement that can be read.');
      else setFile({ name: chosen.name, read: found });
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
              It could not be used. {failure}
            </p>
          )}
          {file !== null && <p>{describeFile(file.name, file.read)}</p>}
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

function describeFile(name: string, { same, withoutRows, withoutJudgement, scoreFrom }: PairFile): string {
  const parts = [`${countOf(same.length, 'pair')} of ${name}`];
  if (withoutRows > 0)
    parts.push(`${countOf(withoutRows, 'line')} skipped whose texts are not two rows here`);
  if (withoutJudgement > 0) parts.push(`${countOf(withoutJudgement, 'line')} skipped without a judgement`);
  if (scoreFrom !== null) parts.push(`scores from ${scoreFrom.toLocaleString('en')} up count as the same`);
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
          <CutoffResults results={best} />
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
