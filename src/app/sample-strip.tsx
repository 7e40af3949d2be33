import { Button, CloseButton } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { TourOffer } from '@/features/presentation/tour-offer';
import { sampleName } from '@/queries/datasets';
import { endTourOffer } from '@/queries/tour';
import { useDataset, useRuns } from '@/queries/use-workspace';
import { openAddData } from '@/state/dialogs';
import { useModelsPlace } from '@/ui/use-models-place';
import classes from './sample-strip.module.css';

/** Says what the first picture is, and where one's own texts and a key go. */
export function SampleStrip() {
  const dataset = useDataset();
  const place = useModelsPlace();
  const [isClosed, close] = useState(false);
  const hasRemoteRun = useRuns().some(({ spec }) => spec.provider !== 'baseline');
  if (isClosed || dataset?.name !== sampleName || hasRemoteRun) return null;
  return (
    <div className={classes.strip}>
      <div className={classes.words}>
        <strong>This is a sample: {dataset.rowCount} short texts, read by two built-in baselines.</strong>
        <span>
          They compare words and letters, not meaning, and nothing was sent. Add your texts, or choose a model{' '}
          {place}.
        </span>
      </div>
      <TourOffer />
      <Button size="md" leftSection={<Plus size={16} strokeWidth={1.5} />} onClick={() => openAddData()}>
        Use your own texts
      </Button>
      <CloseButton
        aria-label="Hide this line"
        size={28}
        iconSize={14}
        onClick={() => {
          close(true);
          endTourOffer();
        }}
      />
    </div>
  );
}
