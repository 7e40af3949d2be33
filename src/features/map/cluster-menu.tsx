import { Button, Popover, Slider } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Shapes } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { resolutionRange } from '@/core/clustering/find-clusters';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import type { Clusters } from '@/queries/clusters';
import { useClusters } from '@/queries/use-clusters';
import { commit, viewStore } from '@/state/view';
import { ClusterItem } from './cluster-item';
import classes from './cluster-menu.module.css';
import { describeClusters, fromSlider, toSlider } from './describe-clusters';

/** The clusters of a run: how fine they are, what each is about and called. */
export function ClusterMenu({ dataset, run }: { dataset: Dataset; run: RunRecord }) {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const shown = useClusters(run);
  const { clusters, isBusy } = shown;
  const face = clusters === null ? (isBusy ? '…' : '') : clusters.count.toLocaleString('en');
  return (
    <Popover
      opened={isOpen}
      onChange={(open) => !open && close()}
      position="bottom-end"
      width={380}
      trapFocus
      withRoles
    >
      <Popover.Target>
        <Button
          variant="default"
          className={classes.button}
          aria-label={`Clusters: ${clusters === null ? 'not found yet' : clusters.count}`}
          onClick={toggle}
          leftSection={<Shapes size={14} strokeWidth={1.5} />}
        >
          <span className={classes.label}>Clusters</span>
          {face}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Clusters">
        <ResolutionSlider />
        <p className={classes.sentence} aria-live="polite">
          {shown.error !== null ? (
            <>
              The clusters could not be found: {shown.error.message} The vectors are kept.{' '}
              <Button variant="default" size="xs" onClick={shown.retry}>
                Try again
              </Button>
            </>
          ) : clusters === null || isBusy ? (
            'Looking for clusters in the original vectors.'
          ) : (
            describeClusters(clusters)
          )}
        </p>
        {clusters !== null && clusters.count > 0 && (
          <ClusterList dataset={dataset} run={run} clusters={clusters} names={shown.names} />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function ResolutionSlider() {
  const resolution = useStore(viewStore, ({ view }) => view.clusterResolution);
  /** Where the thumb is while it is moved. */
  const [moved, setMoved] = useState<number | null>(null);
  const place = moved ?? toSlider(resolution);
  return (
    <div className={classes.resolution}>
      <div className={classes.ends} aria-hidden="true">
        <span>fewer, larger</span>
        <span>
          Resolution <strong>{fromSlider(place)}</strong>
        </span>
        <span>more, smaller</span>
      </div>
      <Slider
        thumbLabel="Resolution"
        min={toSlider(resolutionRange.min)}
        max={toSlider(resolutionRange.max)}
        step={0.05}
        marks={[{ value: 0 }]}
        value={place}
        label={null}
        onChange={setMoved}
        onChangeEnd={(end) => {
          setMoved(null);
          commit({ clusterResolution: fromSlider(end), hiddenGroups: [] }, 'Change clusters');
        }}
      />
    </div>
  );
}

interface ListProps {
  dataset: Dataset;
  run: RunRecord;
  clusters: Clusters;
  names: readonly string[];
}

function ClusterList({ dataset, run, clusters, names }: ListProps) {
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <ul className={classes.list} aria-label="Clusters, largest first">
      {names.map((name, cluster) => {
        const signature = clusters.signatures[cluster]!;
        return (
          <ClusterItem
            key={signature}
            dataset={dataset}
            run={run}
            clusters={clusters}
            cluster={cluster}
            name={name}
            isOpen={opened === signature}
            onToggle={() => setOpened(opened === signature ? null : signature)}
          />
        );
      })}
    </ul>
  );
}
