import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ExternalLink, Lock } from 'lucide-react';
import { useStore } from 'zustand';
import type { CatalogProviderId } from '@/core/embedding/run';
import { baseUrlOf, featherlessCatalogPage, hostOf } from '@/queries/catalog';
import { isKeyRefused, planQuery } from '@/queries/plan';
import { chooseProvider, providerStore } from '@/state/provider-choice';
import { CatalogSection } from './catalog-section';
import { ConnectionCheck } from './connection-check';
import { EmbedAction } from './embed-action';
import { KeyStatus } from './key-status';
import { ModelById } from './model-by-id';
import classes from './models-panel.module.css';
import { BaseUrlField, KeyField } from './server-fields';
import { useServerFields } from './use-server-fields';

const providers = [
  { value: 'featherless', label: 'Featherless' },
  { value: 'openai-compatible', label: 'OpenAI-compatible' },
  { value: 'baseline', label: 'Built-in baselines' },
] as const satisfies readonly { value: CatalogProviderId; label: string }[];

/** Where vectors come from: provider, key, catalog, and the button that embeds. */
export function ModelsPanel() {
  const { provider, baseUrl, keyRevision, catalogAsked } = useStore(providerStore);
  const server = baseUrlOf(provider, baseUrl);
  const fields = useServerFields();
  const isRemote = provider !== 'baseline';
  const plan = useQuery({
    ...planQuery(provider, server, keyRevision),
    // A key that was remembered is checked once a person asks for something, not before.
    enabled: provider === 'featherless' && fields.isKeyGiven && catalogAsked,
  });
  const isRefused = fields.isKeyGiven && isKeyRefused(plan.error);
  const isKeyFolded = isRemote && !fields.isKeyOpen && !isRefused;

  function changeProvider(value: string) {
    const chosen = providers.find((option) => option.value === value)?.value;
    if (chosen === undefined || chosen === provider) return;
    // A key still in the field was meant for the provider that is left.
    fields.commit();
    if (fields.keyField.current !== null) fields.keyField.current.value = '';
    fields.clearProblems();
    fields.openKey(false);
    chooseProvider(chosen);
  }

  return (
    <section className={classes.panel} aria-labelledby="models-title">
      <div className={classes.head}>
        <h2 id="models-title" className={classes.title}>
          Models
        </h2>
      </div>
      <div className={classes.pair}>
        <NativeSelect
          className={classes.grow}
          aria-label="Provider"
          data={providers}
          value={provider}
          onChange={(event) => changeProvider(event.currentTarget.value)}
        />
        {isKeyFolded && (
          <Button
            variant="default"
            size="md"
            leftSection={<Lock size={14} strokeWidth={1.5} />}
            onClick={() => fields.openKey(true)}
          >
            Key
          </Button>
        )}
      </div>
      {isRemote && fields.isKeyGiven && (
        <KeyStatus
          plan={plan.data ?? null}
          error={plan.error}
          host={hostOf(provider, server) ?? 'the server'}
        />
      )}
      {provider === 'openai-compatible' && <BaseUrlField fields={fields} />}
      {isRemote && !isKeyFolded && <KeyField key={provider} fields={fields} isRefused={isRefused} />}
      {provider === 'baseline' && (
        <p className={classes.note}>
          They compare words and letters: lexical, not semantic. Texts stay in this tab, and no key is needed.
        </p>
      )}
      <CatalogSection key={`catalog-${provider}`} fields={fields} />
      {isRemote && <ModelById key={`by-id-${provider}`} />}
      <EmbedAction key={`embed-${provider}`} fields={fields} plan={plan.data ?? null} />
      {provider !== 'baseline' && (
        <ConnectionCheck key={`check-${server}`} provider={provider} server={server} fields={fields} />
      )}
      {provider === 'featherless' && (
        <a className={classes.link} href={featherlessCatalogPage} target="_blank" rel="noreferrer">
          Embedding models on featherless.ai
          <ExternalLink size={12} strokeWidth={1.5} aria-hidden="true" />
        </a>
      )}
    </section>
  );
}
