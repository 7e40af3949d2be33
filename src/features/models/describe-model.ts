import { baselineModels } from '@/core/embedding/baseline/baseline-models';
import type { ModelHint } from '@/queries/catalog';
import type { ListedModel } from './list-models';

/** The second line of a model: what is known of it, most useful first. */
export function describeModel(model: ListedModel, hint: ModelHint | null): string {
  const baseline = baselineModels.find(({ id }) => id === model.id);
  if (baseline !== undefined) return baseline.explanation;
  const tokens = model.contextLength ?? hint?.tokens ?? null;
  const parts = [
    model.isByHand ? 'added by hand' : null,
    !model.isByHand && model.embeds === 'none' ? 'not marked as embedding' : null,
    tokens === null ? null : `${describeTokens(tokens)} tokens`,
    hint === null ? null : `${hint.dimension.toLocaleString('en')} numbers`,
    describeAvailability(model.availability),
    model.availableOnPlan === false ? 'needs a larger plan' : null,
    model.gated === true ? 'gated' : null,
  ];
  const line = parts.filter((part) => part !== null).join(' · ');
  return line === '' ? 'nothing more is known' : line;
}

function describeTokens(tokens: number): string {
  if (tokens < 1000) return String(tokens);
  const unit = tokens % 1000 !== 0 && tokens % 1024 === 0 ? 1024 : 1000;
  return `${Math.floor(tokens / unit)}k`;
}

function describeAvailability(availability: string | null): string | null {
  return availability === 'cold' ? 'cold, first reply takes minutes' : availability;
}

/** A model id in two parts: the organisation with its slash, which may be dimmed, and the name. */
export function splitModelId(id: string): { organisation: string; name: string } {
  const slash = id.lastIndexOf('/', id.length - 2);
  return { organisation: id.slice(0, slash + 1), name: id.slice(slash + 1) };
}
