import { ActionIcon, Button, NativeSelect, Tooltip } from '@mantine/core';
import { ChevronUp, Regex, X } from 'lucide-react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { askForKey } from '@/queries/key';
import { useDataset } from '@/queries/use-workspace';
import { askedTextStore, askText } from '@/state/asked-text';
import { changeSearch, clearSearch, searchStore } from '@/state/search';
import { describeMeaning } from './describe-meaning';
import { FoundRows } from './found-rows';
import { MeaningColumns } from './meaning-columns';
import { RunChoice } from './run-choice';
import classes from './search.module.css';
import { useMeaningRuns } from './use-meaning-runs';

/** What was found: the rows that hold the text, or the rows nearest to it in each run. */
export function SearchPanel() {
  const dataset = useDataset();
  const isOpen = useStore(searchStore, (search) => search.isOpen && search.text !== '');
  if (dataset === null || !isOpen) return null;
  return <Results dataset={dataset} />;
}

function Results({ dataset }: { dataset: Dataset }) {
  const { text, isPattern, column } = useStore(searchStore);
  const asked = useStore(askedTextStore, (store) =>
    store.asked?.datasetId === dataset.id ? store.asked : null,
  );
  const { runs, toggle, ask } = useMeaningRuns();
  const missing = runs.find(({ isChosen, needsKey }) => isChosen && needsKey);
  return (
    <section
      aria-label="Search results"
      className={classes.panel}
      data-wide={asked !== null || undefined}
      data-search-results={asked !== null && asked.runIds.length > 1 ? 'columns' : 'list'}
    >
      <div className={classes.head}>
        {asked === null ? (
          <TextChoices dataset={dataset} isPattern={isPattern} column={column} />
        ) : (
          <h2 className={classes.title}>By meaning</h2>
        )}
        <span className={classes.fill} />
        {asked !== null && (
          <Button size="xs" variant="default" onClick={() => askText(null)}>
            By text
          </Button>
        )}
        {asked === null && !isPattern && runs.length > 0 && (
          <Button
            size="xs"
            variant="default"
            className={classes.ask}
            onClick={ask}
            rightSection={<kbd className={classes.key}>↵</kbd>}
          >
            By meaning
          </Button>
        )}
        <Tooltip label="Hide the results, keep the rings">
          <ActionIcon size={24} aria-label="Hide the results" onClick={() => changeSearch({ isOpen: false })}>
            <ChevronUp size={14} strokeWidth={1.5} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Close the search (Esc)">
          <ActionIcon size={24} aria-label="Close the search" onClick={() => clearSearch()}>
            <X size={14} strokeWidth={1.5} />
          </ActionIcon>
        </Tooltip>
      </div>
      {asked === null ? (
        <FoundRows dataset={dataset} search={{ text, isPattern, column }} />
      ) : (
        <MeaningColumns dataset={dataset} asked={asked} />
      )}
      {isPattern ? (
        <p className={classes.foot}>
          A regular expression is looked for letter by letter; it has no meaning to compare.
        </p>
      ) : (
        <div className={classes.foot}>
          {runs.length > 1 && <RunChoice runs={runs} onToggle={toggle} />}
          <p className={classes.words}>{describeMeaning(runs)}</p>
          {missing !== undefined && (
            <Button size="xs" variant="default" onClick={() => askForKey(missing.run.spec)}>
              Enter key
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

interface ChoicesProps {
  dataset: Dataset;
  isPattern: boolean;
  column: string | null;
}

/** Where a text is looked for, and how it is read. */
function TextChoices({ dataset, isPattern, column }: ChoicesProps) {
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label="Search in"
        data={[
          { value: '', label: 'Any column' },
          { value: 'text', label: 'Text' },
          ...dataset.columns.map(({ name }, i) => ({ value: String(i), label: name })),
        ]}
        value={column ?? ''}
        onChange={({ currentTarget: { value } }) => changeSearch({ column: value === '' ? null : value })}
      />
      <Tooltip label="Regular expression">
        <ActionIcon
          size={24}
          aria-label="Regular expression"
          aria-pressed={isPattern}
          variant={isPattern ? 'light' : 'subtle'}
          color={isPattern ? 'iris' : 'gray'}
          onClick={() => changeSearch({ isPattern: !isPattern })}
        >
          <Regex size={14} strokeWidth={1.5} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
