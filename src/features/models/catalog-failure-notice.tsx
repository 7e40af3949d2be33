import { Button } from '@mantine/core';
import { Plus, TriangleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import type { ProviderId } from '@/core/embedding/run';
import { featherlessDocumentedModel } from '@/queries/catalog';
import { addModelByHand, providerStore } from '@/state/provider-choice';
import { describeCatalogFailure } from './describe-catalog-failure';
import classes from './models-panel.module.css';

interface Props {
  error: Error;
  provider: ProviderId;
  host: string;
  onRetry(): void;
}

/** Why there is no catalog, what works without it, and ways on. */
export function CatalogFailureNotice({ error, provider, host, onRetry }: Props) {
  const isOfferTaken = useStore(providerStore, ({ byHand }) => byHand.includes(featherlessDocumentedModel));
  const { headline, text, detail } = describeCatalogFailure(error, provider, host);
  return (
    <div className={classes.alert} role="alert">
      <p className={classes.alertHead}>
        <TriangleAlert size={16} strokeWidth={1.5} aria-hidden="true" />
        <strong>{headline}</strong>
      </p>
      <p>{text}</p>
      <Button variant="default" size="xs" onClick={onRetry}>
        Load catalog again
      </Button>
      {provider === 'featherless' && !isOfferTaken && (
        <>
          <Button
            variant="default"
            size="xs"
            leftSection={<Plus size={14} strokeWidth={1.5} aria-hidden="true" />}
            onClick={() => addModelByHand(featherlessDocumentedModel)}
          >
            {featherlessDocumentedModel}
          </Button>
          <p className={classes.dim}>from the documentation</p>
        </>
      )}
      {detail !== null && (
        <details className={classes.detail}>
          <summary>Details</summary>
          {detail}
        </details>
      )}
    </div>
  );
}
