import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import type { ProviderPlan } from '@/core/embedding/read-plan';
import { asWritten, type RunSpec } from '@/core/embedding/run';
import { baseUrlOf, catalogQuery, hostOf } from '@/queries/catalog';
import { featherlessRouteQuery } from '@/queries/featherless-route';
import { hasKey } from '@/queries/key';
import { startRun } from '@/queries/run-engine';
import { useDataset } from '@/queries/use-workspace';
import { chooseModels, enterDimensions, providerStore } from '@/state/provider-choice';
import { describeWay } from './describe-way';
import classes from './models-panel.module.css';
import { SpendPlan } from './spend-plan';
import { textOptionsFor } from './text-options';
import { TextOptionsFields } from './text-options-fields';
import type { ServerFields } from './use-server-fields';
import { WholeNumberField } from './whole-number-field';

interface Props {
  readonly fields: ServerFields;
  readonly plan: ProviderPlan | null;
}

/** What is chosen in the panel, as runs of a dataset. */
function chosenSpecs(dataset: Dataset): RunSpec[] {
  const { provider, baseUrl, chosen, dimensions, texts } = providerStore.getState();
  const isRemote = provider !== 'baseline';
  return chosen.map((model) => ({
    provider,
    baseUrl: baseUrlOf(provider, baseUrl),
    model,
    dimensions: isRemote ? dimensions : null,
    texts: isRemote ? textOptionsFor(model, texts) : asWritten,
    datasetId: dataset.id,
  }));
}

/** Options of the runs to come, what they will cost, the button that starts them, and where the texts will go. */
export function EmbedAction({ fields, plan }: Props) {
  const dataset = useDataset();
  const { provider, baseUrl, chosen, dimensions, keyRevision } = useStore(providerStore);
  const [areDimensionsRefused, refuseDimensions] = useState(false);
  const [isCutRefused, refuseCut] = useState(false);
  const server = baseUrlOf(provider, baseUrl);
  const host = hostOf(provider, server);
  const route = useQuery(featherlessRouteQuery).data ?? null;
  const catalog = useQuery({ ...catalogQuery(provider, server, keyRevision), enabled: false }).data;
  const isRemote = provider !== 'baseline';
  const isReady = dataset !== null && chosen.length > 0;
  const isRefused = areDimensionsRefused || isCutRefused;

  function embed() {
    fields.commit();
    if (dataset === null || isRefused) return;
    const address = baseUrlOf(provider, providerStore.getState().baseUrl);
    if (isRemote && address === '') return fields.demandUrl();
    if (provider === 'featherless' && !hasKey(address)) return fields.demandKey();
    for (const spec of chosenSpecs(dataset)) {
      const listed = catalog?.models.find(({ id }) => id === spec.model);
      void startRun(dataset, spec, listed?.concurrencyCost ?? null);
    }
    chooseModels([]);
  }

  return (
    <>
      {isRemote && (
        <div className={classes.embed}>
          <WholeNumberField
            id="embed-dimensions"
            label="Dimensions"
            placeholder="as the model"
            value={dimensions}
            problem="Dimensions is a whole number from 1 on, or empty to leave it to the model."
            onRead={(read) => {
              refuseDimensions(read === 'invalid');
              enterDimensions(read === 'invalid' ? null : read);
            }}
          />
          <TextOptionsFields onRefused={refuseCut} />
        </div>
      )}
      <div className={classes.start} data-ready={isReady || undefined}>
        {isRemote && isReady && host !== null && !isRefused && (
          <SpendPlan specs={chosenSpecs(dataset)} models={catalog?.models ?? []} plan={plan} />
        )}
        <Button size="md" fullWidth disabled={!isReady || isRefused} onClick={embed}>
          {isReady
            ? `Embed ${countOf(dataset.rowCount, 'text')} with ${countOf(chosen.length, 'model')}`
            : 'Embed'}
        </Button>
        <p className={classes.note}>
          {chosen.length === 0 && 'Choose a model first. '}
          {!isRemote && 'Texts stay in this tab.'}
          {isRemote &&
            host !== null &&
            `Texts go to ${host}${describeWay(provider, route)} and nowhere else.`}
          {isRemote && host === null && 'Texts will go to the server of the base URL and nowhere else.'}
        </p>
      </div>
    </>
  );
}
