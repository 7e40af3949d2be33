import { asWritten, type TextOptions } from '@/core/embedding/run';
import { suggestedTexts } from '@/core/embedding/run-name';
import type { TextChoice } from '@/state/provider-choice';

/** How texts are sent to one model under what was chosen for all. */
export function textOptionsFor(
  model: string,
  { prefixes, side, documentPrefix, queryPrefix, maxTokens }: TextChoice,
): TextOptions {
  const own = { documentPrefix, queryPrefix };
  const chosen = { suggested: suggestedTexts(model), none: asWritten, own }[prefixes];
  return {
    side,
    documentPrefix: chosen.documentPrefix,
    queryPrefix: chosen.queryPrefix,
    maxTokens,
  };
}

const words = {
  side: { document: 'as documents', query: 'as queries' },
  prefixes: { suggested: 'suggested prefixes', none: 'no prefix', own: 'own prefixes' },
} as const;

/** The choice in one line: `as documents · suggested prefixes · whole`. */
export function describeTextChoice({ side, prefixes, maxTokens }: TextChoice): string {
  const length = maxTokens === null ? 'whole' : `cut at ${maxTokens.toLocaleString('en')} tokens`;
  return [words.side[side], words.prefixes[prefixes], length].join(' · ');
}
