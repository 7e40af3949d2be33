import { createStore } from 'zustand/vanilla';
import type { PictureContent } from '@/core/export/frame-picture';

/** A picture of what a tab shows. */
export interface PictureMaker {
  /** What it is a picture of: "the matrix as it is drawn". */
  readonly note: string;
  /** The run that it shows; null where it shows several. */
  readonly runId: string | null;
  /** Whether its marks can be drawn as shapes: not where there are too many. */
  readonly hasShapes: boolean;
  /** What is on the screen now, its marks as pixels or as shapes. Rejects, with a reason, where nothing is drawn. */
  draw(marks: 'pixels' | 'shapes'): Promise<PictureContent>;
  /** The same of the selected rows alone; absent where there is no such picture. */
  readonly ofSelection?: Pick<PictureMaker, 'note' | 'draw'> | null;
}

/** What the picture on the screen can be saved as; null while nothing is drawn. */
export const pictureStore = createStore<{ maker: PictureMaker | null }>(() => ({ maker: null }));

/** Offers a picture until the returned function is called. */
export function offerPicture(maker: PictureMaker): () => void {
  pictureStore.setState({ maker });
  return () => {
    if (pictureStore.getState().maker === maker) pictureStore.setState({ maker: null });
  };
}
