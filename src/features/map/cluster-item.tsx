import { ActionIcon, Button, TextInput, Tooltip, useComputedColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import type { RunRecord } from '@/core/embedding/run';
import { groupColour } from '@/gl/row-colours';
import { type Clusters, clusterExamplesQuery } from '@/queries/clusters';
import { ownColourKey } from '@/state/filter';
import { hoverChannel } from '@/state/hover';
import { selectRows } from '@/state/selection';
import { commit, viewStore } from '@/state/view';
import classes from './cluster-menu.module.css';

interface Props {
  dataset: Dataset;
  run: RunRecord;
  clusters: Clusters;
  cluster: number;
  name: string;
  isOpen: boolean;
  onToggle(): void;
}

/** A cluster in the list: a click on its name selects its rows; opened, it says what it is about. */
export function ClusterItem({ dataset, run, clusters, cluster, name, isOpen, onToggle }: Props) {
  const isDark = useComputedColorScheme('light') === 'dark';
  const own = useStore(
    viewStore,
    ({ view }) => view.ownColours[ownColourKey(dataset.id, 'Cluster', clusters.signatures[cluster]!)],
  );
  const Icon = isOpen ? ChevronDown : ChevronRight;
  const select = () => {
    const rows: number[] = [];
    clusters.clusterOf.forEach((other, row) => {
      if (other === cluster) rows.push(row);
    });
    selectRows(rows, 'replace', 'Select cluster');
  };
  return (
    <li className={classes.item}>
      <div className={classes.line}>
        <ActionIcon
          size={24}
          aria-label={`${isOpen ? 'Close' : 'Open'} ${name}`}
          aria-expanded={isOpen}
          onClick={onToggle}
        >
          <Icon size={14} strokeWidth={1.5} />
        </ActionIcon>
        <Tooltip label="Select its rows" position="left">
          <button
            type="button"
            className={classes.name}
            aria-label={`Select cluster ${name}`}
            onClick={select}
          >
            <span
              className={classes.dot}
              style={{ background: own ?? groupColour(cluster, isDark) }}
              aria-hidden="true"
            />
            <span className={classes.words} dir="auto">
              {name}
            </span>
            <span className={classes.count}>{clusters.sizes[cluster]!.toLocaleString('en')}</span>
          </button>
        </Tooltip>
      </div>
      {isOpen && (
        <ClusterDetails dataset={dataset} run={run} clusters={clusters} cluster={cluster} name={name} />
      )}
    </li>
  );
}

function ClusterDetails({ dataset, run, clusters, cluster, name }: Omit<Props, 'isOpen' | 'onToggle'>) {
  const examples = useQuery(clusterExamplesQuery(run, clusters.resolution));
  const size = clusters.sizes[cluster]!;
  return (
    <div className={classes.details}>
      <RenameForm key={name} clusters={clusters} cluster={cluster} name={name} />
      <h4 className={classes.heading}>Words of this cluster more than of others</h4>
      <ul className={classes.keywords}>
        {clusters.keywords[cluster]!.map(({ term, rows, rowsInAll }) => (
          <li key={term} title={`in ${rows} of its ${size} rows, in ${rowsInAll} of all ${dataset.rowCount}`}>
            <span dir="auto">{term}</span>{' '}
            <span className={classes.share}>{Math.round((100 * rows) / size)} %</span>
          </li>
        ))}
      </ul>
      <h4 className={classes.heading}>Its most central texts</h4>
      {examples.error !== null && (
        <p className={classes.sentence}>They could not be found: {examples.error.message}</p>
      )}
      <ol className={classes.examples}>
        {(examples.data?.[cluster] ?? []).map((row) => (
          <li key={row}>
            <button
              type="button"
              className={classes.example}
              dir="auto"
              onPointerEnter={() => hoverChannel.set(row)}
              onPointerLeave={() => hoverChannel.set(null)}
              onClick={() => commit({ pinned: row })}
            >
              {textAt(dataset.texts, row)}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

function RenameForm({ clusters, cluster, name }: Pick<Props, 'clusters' | 'cluster' | 'name'>) {
  const [typed, setTyped] = useState(name);
  const signature = clusters.signatures[cluster]!;
  const found = clusters.names[cluster]!;
  const rename = (wanted: string) => {
    const { [signature]: _, ...others } = viewStore.getState().view.clusterNames;
    const clusterNames = wanted === '' || wanted === found ? others : { ...others, [signature]: wanted };
    commit({ clusterNames }, 'Rename cluster');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== name) rename(typed.trim());
  };
  return (
    <form onSubmit={submit} className={classes.rename}>
      <TextInput
        aria-label="Name of the cluster"
        value={typed}
        maxLength={80}
        onChange={(event) => setTyped(event.currentTarget.value)}
        classNames={{ root: classes.nameField }}
      />
      <Button type="submit" variant="default" disabled={typed.trim() === name}>
        Rename
      </Button>
      {name !== found && (
        <Button variant="subtle" color="gray" onClick={() => rename('')}>
          Use its keywords
        </Button>
      )}
    </form>
  );
}
