import { Button, CloseButton } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { baselineModels } from '@/core/embedding/baseline/baseline-models';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
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
  const runs = useRuns();
  const hasRemoteRun = runs.some(({ spec }) => spec.provider !== 'baseline');
  if (isClosed || dataset?.name !== sampleName || hasRemoteRun) return null;
  return (
    <div className={classes.strip}>
      <div className={classes.words}>
        <strong>
          This is a sample: {dataset.rowCount} short texts{readBy(runs)}.
        </strong>
        <span>
          {compares(runs)} Nothing was sent. Add your texts, or choose a model {place}.
        </span>
      </div>
      <div className={classes.actions}>
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
    </div>
  );
}

function readBy(runs: readonly RunRecord[]): string {
  const [only] = runs;
  if (only === undefined) return '';
  return runs.length === 1
    ? `, read by ${runName(only.spec)}, a built-in baseline`
    : ', read by two built-in baselines';
}

/** What its baselines go by. */
function compares(runs: readonly RunRecord[]): string {
  const [only] = runs;
  if (only === undefined) return '';
  if (runs.length > 1) return 'They compare words and letters, not meaning.';
  const unit = only.spec.model === baselineModels[0].id ? 'words' : 'runs of letters';
  return `It compares ${unit}, not meaning.`;
}
