import { countOf } from '@/core/count-of';
import { methodNames, type ProjectionMethod, type ProjectionSettings } from '@/core/projection/projection';
import { describeRecall } from '@/core/similarity/approximate-search';
import type { Projection } from '@/queries/projection';

interface Shown {
  projection: Projection | null;
  settings: ProjectionSettings;
  isReady: boolean;
  isStopped: boolean;
  /** Whether some rows are drawn alone. */
  isPart?: boolean;
}

/** What the picture is, in a bold start and a rest. */
export function describeProjection({ projection, settings, isReady, isStopped, isPart = false }: Shown): {
  headline: string;
  text: string;
} {
  const isFromFile = settings.method === 'columns';
  if (projection === null)
    return {
      headline: 'Drawing the map.',
      text: isFromFile ? 'Reading the coordinates.' : 'Looking at how the vectors spread.',
    };
  const { method, done, total, placed, twins, explained, remark, recall } = projection;
  const rows = isPart ? `only ${countOf(placed, 'row')}` : countOf(placed, 'row');
  if (!isReady) {
    if (isStopped)
      return { headline: 'Stopped.', text: `This is the layout after ${done} of ${total} steps.` };
    return total === 0
      ? { headline: 'A first picture (PCA).', text: 'UMAP goes on from here; you can use it already.' }
      : { headline: 'Drawing the map.', text: `Step ${done} of ${total}. You can use it already.` };
  }
  if (isFromFile)
    return {
      headline: methodNames.columns,
      text: [rows, `across: ${settings.columns?.[0]}`, `up: ${settings.columns?.[1]}`].join(' · '),
    };
  const parts =
    method === 'pca'
      ? [
          rows,
          explained === null
            ? null
            : `the two axes hold ${percent(explained[0] + explained[1])} of the spread`,
        ]
      : [rows, `${settings.neighbours} neighbours`, `min-dist ${settings.minDist}`, `seed ${settings.seed}`];
  if (twins > 0) parts.push(`${twins.toLocaleString('en')} share a place with an equal vector`);
  parts.push(remark, describeRecall(recall));
  return {
    headline: methodNames[method],
    text: parts.filter((part) => part !== null && part !== '').join(' · '),
  };
}

/** A sentence for rows that are not on the map, beginning with a space; empty where all are. */
export function describeMissing(count: number, method: ProjectionMethod): string {
  if (count === 0) return '';
  if (method === 'columns')
    return ` ${countOf(count, 'row')} without two numbers as coordinates ${count === 1 ? 'is' : 'are'} not drawn.`;
  return ` ${countOf(count, 'row')} without a vector ${count === 1 ? 'is' : 'are'} not drawn.`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
