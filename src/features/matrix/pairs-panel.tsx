import { ActionIcon, Button, Loader, SegmentedControl, Tooltip } from '@mantine/core';
import { Download, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { countOf } from '@/core/count-of';
import type { Dataset, DatasetColumn } from '@/core/dataset/dataset';
import { keptRowsCsv, pairsCsv } from '@/core/export/pairs-csv';
import { formatCount, formatHundredths } from '@/core/similarity/format-similarity';
import type { RankedPairs } from '@/core/similarity/pair-scan';
import type { PairSide } from '@/queries/pairs';
import { OptionMenu } from '@/ui/option-menu';
import { fileNameFor, saveFile } from '@/ui/save-file';
import { PairList } from './pair-list';
import classes from './pairs-panel.module.css';
import type { PairSearch } from './use-pair-search';

interface Props {
  dataset: Dataset;
  search: PairSearch;
  /** What `within` and `across` go by; null where there is nothing to go by. */
  column: DatasetColumn | null;
  /** Whether there is another run to differ from. */
  canDiffer: boolean;
  isDark: boolean;
}

const sideWords = { any: 'any two rows', within: 'within one', across: 'across two' } as const;

/** The pairs themselves: the most alike ones above the cut-off, or those on which two runs differ most. */
export function PairsPanel({ dataset, search, column, canDiffer, isDark }: Props) {
  const { kind, pairs, above, sets, least, hasCutoff, side, state, failure } = search;
  const [isOpen, setOpen] = useState(false);
  const list: RankedPairs | null = pairs;
  const isDifferent = kind === 'different';
  return (
    <section className={classes.section} aria-label="Pairs">
      <header className={classes.head}>
        <h2 className={classes.heading}>
          {isDifferent ? 'Most different pairs' : hasCutoff ? 'Pairs above the cut-off' : 'Most alike pairs'}{' '}
          {above !== null && <span className={classes.count}>{formatCount(above)}</span>}
          {state === 'busy' && <Loader size={12} aria-hidden="true" />}
        </h2>
        {list !== null && list.values.length > 0 && (
          <Tooltip label="Pairs (CSV)">
            <ActionIcon
              aria-label="Pairs (CSV)"
              onClick={() =>
                saveFile(
                  new Blob([pairsCsv(dataset, list, isDifferent ? 'difference' : 'similarity')]),
                  fileNameFor(dataset.name, search.runId, 'pairs.csv'),
                )
              }
            >
              <Download size={16} strokeWidth={1.5} />
            </ActionIcon>
          </Tooltip>
        )}
      </header>
      <div className={classes.choices}>
        {canDiffer && (
          <SegmentedControl
            aria-label="Which pairs"
            size="xs"
            value={kind}
            data={[
              { value: 'alike', label: 'Alike' },
              { value: 'different', label: 'Different in A and B' },
            ]}
            onChange={(value) => search.setKind(value === 'different' ? 'different' : 'alike')}
          />
        )}
        {column !== null && (
          <OptionMenu
            label={column.name}
            value={side}
            options={(Object.keys(sideWords) as PairSide[]).map((value) => ({
              value,
              label: sideWords[value],
            }))}
            onChange={search.setSide}
          />
        )}
      </div>
      {!hasCutoff && !isDifferent && list !== null && (
        <p className={classes.note}>
          No cut-off is set, so these are the pairs from {formatHundredths(least)} up.
        </p>
      )}
      {list !== null && above !== null && above > list.values.length && (
        <p className={classes.note}>
          The first {formatCount(list.values.length)} are listed; all {formatCount(above)} are counted.
        </p>
      )}
      {state === 'waiting' && (
        <p className={classes.note}>
          <Button variant="default" size="xs" onClick={search.start}>
            Look through {countOf(search.pairCount, 'pair')}
          </Button>
        </p>
      )}
      {state === 'failed' && (
        <p className={classes.note} role="alert">
          The pairs were not looked through. {failure} Nothing else is affected.{' '}
          <Button
            variant="default"
            size="xs"
            leftSection={<RotateCcw size={14} strokeWidth={1.5} />}
            onClick={search.start}
          >
            Try again
          </Button>
        </p>
      )}
      {hasCutoff && !isDifferent && sets !== null && sets.length > 0 && (
        <div className={classes.sets}>
          <button
            type="button"
            className={classes.setsHead}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            They join{' '}
            {countOf(
              sets.reduce((sum, set) => sum + set.length, 0),
              'row',
            )}{' '}
            into {countOf(sets.length, 'group')}
          </button>
          {isOpen && (
            <>
              <p className={classes.note}>
                Rows that hang together by such pairs. Keeping the first of each group drops{' '}
                {countOf(
                  sets.reduce((sum, set) => sum + set.length - 1, 0),
                  'row',
                )}{' '}
                of {formatCount(dataset.rowCount)}. The largest has {formatCount(sets[0]!.length)}.
              </p>
              <Button
                variant="default"
                size="xs"
                onClick={() =>
                  saveFile(
                    new Blob([keptRowsCsv(dataset, sets)]),
                    fileNameFor(dataset.name, search.runId, 'keep-one.csv'),
                  )
                }
              >
                Keep one (CSV)
              </Button>
            </>
          )}
        </div>
      )}
      {list !== null &&
        (list.values.length === 0 ? (
          <p className={classes.note}>No pair.</p>
        ) : (
          <PairList
            dataset={dataset}
            pairs={list}
            column={column}
            slot={search.slot}
            isDifference={isDifferent}
            isDark={isDark}
          />
        ))}
    </section>
  );
}
