import { baselineModels } from '@/core/embedding/baseline/baseline-models';
import { hintFor } from '@/core/embedding/model-hints';
import { shortModelName } from '@/core/embedding/model-name';
import type { RunSpec, TextOptions } from '@/core/embedding/run';

const longestPrefix = 18;

/** Text options that the makers of a model suggest; as written where nothing is known. */
export function suggestedTexts(modelId: string): TextOptions {
  const hint = hintFor(modelId);
  return {
    side: 'document',
    documentPrefix: hint?.document ?? '',
    queryPrefix: hint?.query ?? '',
    maxTokens: null,
  };
}

/**
 * The name of a run on chips and headings; ids stay where exactness matters. What differs from the model's own length and
 * suggested prefixes is said, so that runs of one model have names apart.
 */
export function runName({ provider, model, dimensions, texts }: RunSpec): string {
  const baseline = baselineModels.find(({ id }) => id === model);
  if (provider === 'baseline' && baseline !== undefined) return baseline.name;
  if (provider === 'imported') return shortModelName(model);
  const length = dimensions === null ? [] : [String(dimensions)];
  return [shortModelName(model), ...length, ...textTraits({ model, texts })].join(' · ');
}

/** How a run sends its texts, as far as that differs from what its model suggests. */
export function textTraits({ model, texts }: Pick<RunSpec, 'model' | 'texts'>): string[] {
  const suggested = suggestedTexts(model);
  const traits = [
    texts.side === 'query' ? 'as queries' : null,
    describePrefix('', texts.documentPrefix, suggested.documentPrefix),
    describePrefix('query ', texts.queryPrefix, suggested.queryPrefix),
    texts.maxTokens === null ? null : `≤ ${texts.maxTokens.toLocaleString('en')} tokens`,
  ];
  return traits.filter((trait) => trait !== null);
}

function describePrefix(side: string, prefix: string, suggested: string): string | null {
  if (prefix === suggested) return null;
  if (prefix === '') return `no ${side}prefix`;
  const shown = prefix.trim().replaceAll(/\s+/g, ' ');
  const short = shown.length > longestPrefix ? `${shown.slice(0, longestPrefix - 1).trimEnd()}…` : shown;
  return `${side}prefix “${short}”`;
}
