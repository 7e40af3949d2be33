import { ActionIcon, Button, CloseButton, Loader, TextInput, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { RefreshCw, Search } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { baseUrlOf, type CatalogModel, catalogQuery, hostOf } from '@/queries/catalog';
import { askForCatalog, chooseModels, providerStore } from '@/state/provider-choice';
import { CatalogFailureNotice } from './catalog-failure-notice';
import { CatalogListbox } from './catalog-listbox';
import { describeList, listModels } from './list-models';
import classes from './models-panel.module.css';
import type { ServerFields } from './use-server-fields';

const noModels: readonly CatalogModel[] = [];

/** Search, the list of models, and what stands there until it has come. */
export function CatalogSection({ fields }: { fields: ServerFields }) {
  const { provider, baseUrl, byHand, chosen, catalogAsked, keyRevision } = useStore(providerStore);
  const [search, setSearch] = useState('');
  const server = baseUrlOf(provider, baseUrl);
  const host = hostOf(provider, server);
  const isAsked = provider === 'baseline' || (catalogAsked && host !== null);
  const catalog = useQuery({ ...catalogQuery(provider, server, keyRevision), enabled: isAsked });
  const models = isAsked ? (catalog.data?.models ?? noModels) : noModels;
  const searched = useDeferredValue(search);
  const list = useMemo(() => listModels(models, byHand, searched), [models, byHand, searched]);
  const isRemote = provider !== 'baseline';
  const isChoiceHidden =
    chosen.length > 1 || chosen.some((id) => !list.listed.some((model) => model.id === id));
  const isLoading = isAsked && catalog.isFetching;

  function load() {
    fields.commit();
    if (baseUrlOf(provider, providerStore.getState().baseUrl) === '') return fields.demandUrl();
    if (isAsked) void catalog.refetch();
    else askForCatalog();
  }

  return (
    <>
      <TextInput
        type="search"
        aria-label="Search models"
        placeholder="Search models"
        leftSection={<Search size={14} strokeWidth={1.5} />}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          if (event.currentTarget.value.trim() !== '' && provider !== 'baseline') askForCatalog();
        }}
      />
      {!isAsked && (
        <div className={classes.well}>
          <strong>The catalog is not loaded yet</strong>
          <span>
            Loading it asks {host ?? 'the server'} for the list of models.
            {provider === 'featherless' ? ' It needs no key and sends no text.' : ' It sends no text.'}
          </span>
          <Button variant="default" onClick={load}>
            Load catalog
          </Button>
        </div>
      )}
      {isLoading && list.total === 0 && (
        <p className={classes.busy}>
          <Loader size={12} aria-hidden="true" />
          Asking {host ?? 'the baselines'} for the list of models
        </p>
      )}
      {isAsked && catalog.isError && !isLoading && (
        <CatalogFailureNotice error={catalog.error} provider={provider} host={host ?? ''} onRetry={load} />
      )}
      {list.total > 0 && (
        <>
          <div className={classes.above}>
            <p className={classes.count} aria-live="polite">
              {describeList(list)}
            </p>
            {isRemote && catalog.isSuccess && isAsked && (
              <Tooltip label="Load catalog again">
                <ActionIcon size={24} aria-label="Load catalog again" onClick={load} loading={isLoading}>
                  <RefreshCw size={14} strokeWidth={1.5} />
                </ActionIcon>
              </Tooltip>
            )}
          </div>
          {list.listed.length > 0 && <CatalogListbox key={searched} list={list} />}
        </>
      )}
      {isAsked && catalog.isSuccess && list.total === 0 && (
        <div className={classes.well}>
          <strong>The catalog is empty</strong>
          <span>{host} lists no model. Add one by its id.</span>
        </div>
      )}
      {isChoiceHidden && (
        <div className={classes.chosen}>
          <span title={chosen.join('\n')}>
            {chosen.length === 1 ? chosen[0] : `${chosen.length} models chosen`}
          </span>
          <CloseButton size={20} iconSize={12} aria-label="Choose none" onClick={() => chooseModels([])} />
        </div>
      )}
      {isAsked && (catalog.data?.remarks.length ?? 0) > 0 && (
        <p className={classes.note}>{catalog.data?.remarks.join(' ')}</p>
      )}
    </>
  );
}
