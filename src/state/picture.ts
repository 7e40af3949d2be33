import { createStore } from 'zustand/vanilla';

/** A picture of what a tab shows, as a file. */
export interface PictureMaker {
  /** What it is a picture of: "the matrix as it is drawn". */
  readonly note: string;
  /** The run that it shows; null where it shows several. */
  readonly runId: string | null;
  /** Rejects, with a reason, where nothing is drawn. */
  png(): Promise<Blob>;
  /** Null where there are too many parts for a drawing of shapes. */
  readonly svg: (() => Blob) | null;
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
