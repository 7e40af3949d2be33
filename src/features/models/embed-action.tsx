import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useStore } from 'zustand';
import { baseUrlOf, hostOf } from '@/queries/catalog';
import { featherlessRouteQuery } from '@/queries/featherless-route';
import { hasKey } from '@/queries/key';
import { startRun } from '@/queries/run-engine';
import { useDataset } from '@/queries/use-workspace';
import { chooseModels, enterDimensions, providerStore } from '@/state/provider-choice';
import { describeWay } from './describe-way';
import classes from './models-panel.module.css';
import type { ServerFields } from './use-server-fields';

function readDimensions(text: string): number | null | 'invalid' {
  if (text.trim() === '') return null;
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= 1 ? value : 'invalid';
}

function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** Options of the runs to come, the button that starts them, and where the texts will go. */
export function EmbedAction({ fields }: { fields: ServerFields }) {
  const dataset = useDataset();
  const { provider, baseUrl, chosen, dimensions } = useStore(providerStore);
  const [isRefused, setRefused] = useState(false);
  const host = hostOf(provider, baseUrlOf(provider, baseUrl));
  const route = useQuery(featherlessRouteQuery).data ?? null;
  const isRemote = provider !== 'baseline';
  const isReady = dataset !== null && chosen.length > 0;

  function embed() {
    fields.commit();
    const choice = providerStore.getState();
    const server = baseUrlOf(provider, choice.baseUrl);
    if (dataset === null || isRefused) return;
    if (isRemote && server === '') return fields.demandUrl();
    if (provider === 'featherless' && !hasKey(server)) return fields.demandKey();
    for (const model of choice.chosen) {
      void startRun(dataset, {
        provider,
        baseUrl: server,
        model,
        dimensions: isRemote ? choice.dimensions : null,
        datasetId: dataset.id,
      });
    }
    chooseModels([]);
  }

  return (
    <div className={classes.embed}>
      {isRemote && (
        <div className={classes.dimensions}>
          <label htmlFor="embed-dimensions">Dimensions</label>
          <TextInput
            id="embed-dimensions"
            type="number"
            min={1}
            step={1}
            size="xs"
            w={112}
            defaultValue={dimensions ?? ''}
            placeholder="as the model"
            error={isRefused}
            onChange={(event) => {
              const field = event.currentTarget;
              const read = field.validity.badInput ? 'invalid' : readDimensions(field.value);
              setRefused(read === 'invalid');
              enterDimensions(read === 'invalid' ? null : read);
            }}
          />
        </div>
      )}
      {isRefused && (
        <p className={classes.problem} role="alert">
          Dimensions is a whole number from 1 on, or empty to leave it to the model.
        </p>
      )}
      <Button size="md" fullWidth disabled={!isReady || isRefused} onClick={embed}>
        {isReady
          ? `Embed ${countOf(dataset.rowCount, 'text')} with ${countOf(chosen.length, 'model')}`
          : 'Embed'}
      </Button>
      <p className={classes.note}>
        {chosen.length === 0 && 'Choose a model first. '}
        {!isRemote && 'Texts stay in this tab.'}
        {isRemote && host !== null && `Texts go to ${host}${describeWay(provider, route)} and nowhere else.`}
        {isRemote && host === null && 'Texts will go to the server of the base URL and nowhere else.'}
      </p>
    </div>
  );
}
