import { Button, Loader } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { shortModelName } from '@/core/embedding/model-name';
import type { ProviderPlan } from '@/core/embedding/read-plan';
import { type RunSpec, rowPrefixOf } from '@/core/embedding/run';
import type { SpendEstimate } from '@/core/embedding/spend-estimate';
import { type CatalogModel, hintFor } from '@/queries/catalog';
import { spendQuery } from '@/queries/spend';
import { enterTextOptions } from '@/state/provider-choice';
import {
  describeConcurrency,
  describeOverWindow,
  describeSkipped,
  describeSpend,
  describeTotal,
  windowOf,
} from './describe-spend';
import classes from './spend-plan.module.css';

interface Props {
  readonly specs: readonly RunSpec[];
  readonly models: readonly CatalogModel[];
  readonly plan: ProviderPlan | null;
}

/** What the runs to come will send, before anything is sent. */
export function SpendPlan({ specs, models, plan }: Props) {
  const rows = specs.map((spec) => {
    const model = models.find(({ id }) => id === spec.model) ?? null;
    return { spec, model, windowTokens: windowOf(model, hintFor(spec.model), plan) };
  });
  const estimates = useQueries({ queries: rows.map((row) => spendQuery(row.spec, row.windowTokens)) });
  const known = estimates.map(({ data }) => data).filter((data) => data !== undefined);
  const paces = rows.map(({ model }) => describeConcurrency(plan, model?.concurrencyCost ?? null));
  const isAlike = new Set(paces).size === 1;
  return (
    <section className={classes.plan} aria-label="Before you embed">
      <h3 className={classes.title}>Before anything is sent</h3>
      {rows.map(({ spec, windowTokens }, i) => (
        <div key={spec.model} className={classes.model}>
          <strong className={classes.name} title={spec.model}>
            {shortModelName(spec.model)}
          </strong>
          <Estimate
            estimate={estimates[i]?.data}
            error={estimates[i]?.error ?? null}
            windowTokens={windowTokens}
          />
          {rowPrefixOf(spec.texts) !== '' && (
            <span className={classes.prefix} title={rowPrefixOf(spec.texts)}>
              Before each text: “{rowPrefixOf(spec.texts)}”
            </span>
          )}
          {!isAlike && <span>{paces[i]}</span>}
        </div>
      ))}
      {(isAlike || rows.length > 1) && (
        <p className={classes.total}>
          {rows.length > 1 && known.length === rows.length && `${describeTotal(known)} `}
          {isAlike && `${paces[0]}.`}
        </p>
      )}
    </section>
  );
}

interface EstimateProps {
  readonly estimate: SpendEstimate | undefined;
  readonly error: Error | null;
  readonly windowTokens: number | null;
}

function Estimate({ estimate, error, windowTokens }: EstimateProps) {
  if (error !== null) return <span>This could not be estimated: {error.message}</span>;
  if (estimate === undefined) {
    return (
      <span className={classes.busy}>
        <Loader size={12} aria-hidden="true" />
        Counting texts and tokens
      </span>
    );
  }
  const skipped = describeSkipped(estimate);
  const isLong = windowTokens !== null && (estimate.overWindow ?? 0) > 0;
  return (
    <>
      <span className={classes.spend}>{describeSpend(estimate)}</span>
      {skipped !== null && <span>{skipped}</span>}
      {estimate.overWindow === null && <span>How long a text it reads is not known.</span>}
      {isLong && (
        <span className={classes.warning}>
          <TriangleAlert size={14} strokeWidth={1.5} aria-hidden="true" />
          <span>
            {describeOverWindow(estimate, windowTokens)}{' '}
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => enterTextOptions({ maxTokens: windowTokens })}
            >
              Cut them here
            </Button>
          </span>
        </span>
      )}
    </>
  );
}
