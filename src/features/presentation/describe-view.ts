import { countOf } from '@/core/count-of';
import type { View } from '@/state/view';

/** What the page knows of the things on the screen, by their names. */
interface Shown {
  readonly view: View;
  readonly rowCount: number;
  /** Name of the run that is drawn. */
  readonly run: string;
  /** How many runs are compared. */
  readonly compared: number;
  /** What colours the rows: "topic"; null for one colour. */
  readonly colour: string | null;
  /** The pinned text, short; null without a pin. */
  readonly pinned: string | null;
}

/** A title and a sentence in plain words for what is on the screen, to begin from. */
export function describeView(shown: Shown): { title: string; sentence: string } {
  const { view, run, rowCount, compared, colour, pinned } = shown;
  if (view.tab === 'matrix') {
    return {
      title: 'Every text against every text',
      sentence: `What ${run} thinks of each pair of ${countOf(rowCount, 'text')}. Blocks that stand out along the diagonal are groups of texts that are alike.`,
    };
  }
  if (view.tab === 'compare') {
    return {
      title: compared > 1 ? `${compared} models on the same texts` : 'Models on the same texts',
      sentence: 'How far they agree about which texts are alike, and how sure that is.',
    };
  }
  if (view.tab === 'table')
    return { title: 'The texts', sentence: `${countOf(rowCount, 'text')}, one a line.` };
  if (pinned !== null) {
    return {
      title: 'One text and its nearest',
      sentence: `“${pinned}” and the texts that ${run} thinks are most like it.`,
    };
  }
  const colours = colour === null ? '' : ` Colours are ${colour}.`;
  const selected =
    view.selection.length === 0
      ? ''
      : ` ${countOf(view.selection.length, 'text')} ${view.selection.length === 1 ? 'keeps its' : 'keep their'} colour.`;
  return {
    title: `A map of ${countOf(rowCount, 'text')}`,
    sentence: `Each dot is a text. Dots near each other are texts that ${run} thinks are alike.${colours}${selected}`,
  };
}
