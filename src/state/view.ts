import * as z from 'zod/mini';
import { createStore } from 'zustand/vanilla';
import { clampSettings, defaultProjectionSettings } from '@/core/projection/projection';

const projectionSettings = z.object({
  method: z.enum(['umap', 'pca']),
  neighbours: z.number(),
  minDist: z.number(),
  seed: z.number(),
});

const viewSchema = z.object({
  /** Dataset on the screen; null before the first is loaded. */
  datasetId: z.nullable(z.string()),
  tab: z.enum(['map', 'matrix', 'compare']),
  /** Run drawn in Map and Matrix; null until one is done. */
  activeRun: z.nullable(z.string()),
  /** Runs drawn in Compare; null is chosen by the page. */
  compared: z.tuple([z.nullable(z.string()), z.nullable(z.string())]),
  /** `none` or the name of a column. Null until chosen: the label if there is one. */
  colourBy: z.nullable(z.string()),
  pinned: z.nullable(z.number()),
  projection: projectionSettings,
  matrixOrder: z.enum(['input', 'label']),
  matrixScale: z.enum(['z', 'raw']),
});

/** Everything a person has chosen that makes the picture; one serialisable value. */
export type View = z.infer<typeof viewSchema>;

export const initialView: View = {
  datasetId: null,
  tab: 'map',
  activeRun: null,
  compared: [null, null],
  colourBy: null,
  pinned: null,
  projection: defaultProjectionSettings,
  matrixOrder: 'input',
  matrixScale: 'z',
};

/** Reads a stored view. Null when it is not one (an older version, a damaged record). */
export function readView(value: unknown): View | null {
  const parsed = z.safeParse(viewSchema, value);
  return parsed.success ? { ...parsed.data, projection: clampSettings(parsed.data.projection) } : null;
}

interface Step {
  readonly view: View;
  /** What the step did, as undo names it: "Replace data". */
  readonly label: string;
}

interface ViewHistory {
  readonly view: View;
  readonly undoable: readonly Step[];
  readonly redoable: readonly Step[];
}

const stepsKept = 50;

export const viewStore = createStore<ViewHistory>(() => ({ view: initialView, undoable: [], redoable: [] }));

/**
 * The one way to change the view. With a label the change can be undone; without, it joins what is there (a pin follows
 * the pointer of attention and is not a step).
 */
export function commit(change: Partial<View>, label?: string): void {
  viewStore.setState(({ view, undoable, redoable }) => {
    const next = { ...view, ...change };
    if (label === undefined) return { view: next, undoable, redoable };
    return { view: next, undoable: [...undoable, { view, label }].slice(-stepsKept), redoable: [] };
  });
}

export function undo(): void {
  viewStore.setState((state) => {
    const step = state.undoable.at(-1);
    if (step === undefined) return state;
    return {
      view: step.view,
      undoable: state.undoable.slice(0, -1),
      redoable: [...state.redoable, { view: state.view, label: step.label }],
    };
  });
}

export function redo(): void {
  viewStore.setState((state) => {
    const step = state.redoable.at(-1);
    if (step === undefined) return state;
    return {
      view: step.view,
      undoable: [...state.undoable, { view: state.view, label: step.label }],
      redoable: state.redoable.slice(0, -1),
    };
  });
}

/** Puts a stored view in place and forgets the history. */
export function replaceView(view: View): void {
  viewStore.setState({ view, undoable: [], redoable: [] });
}

/** Drops steps that can no longer be taken back or forth. */
export function forgetSteps(isGone: (view: View) => boolean): void {
  viewStore.setState(({ undoable, redoable }) => ({
    undoable: undoable.filter((step) => !isGone(step.view)),
    redoable: redoable.filter((step) => !isGone(step.view)),
  }));
}
