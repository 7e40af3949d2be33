import * as z from 'zod/mini';
import { createStore } from 'zustand/vanilla';
import { resolutionRange } from '@/core/clustering/find-clusters';
import { readColourChoice } from '@/core/dataset/colour-choice';
import { textShares } from '@/core/export/report-data';
import { clampSettings, defaultProjectionSettings, projectionMethods } from '@/core/projection/projection';

/** Ways to say how far two runs agree. */
const agreementMeasures = ['overlap', 'corrected', 'jaccard', 'rbo', 'rsa', 'cka', 'procrustes'] as const;

const colourChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('column'), name: z.string() }),
  z.object({ kind: z.literal('cluster') }),
  z.object({ kind: z.literal('similarity') }),
  z.object({ kind: z.literal('trust') }),
  z.object({ kind: z.literal('agreement'), run: z.string() }),
  z.object({ kind: z.literal('stability') }),
]);

const projectionSettings = z.object({
  method: z.enum(projectionMethods),
  columns: z.optional(z.readonly(z.tuple([z.string(), z.string()]))),
  neighbours: z.number(),
  minDist: z.number(),
  seed: z.number(),
});

const comparisonMaps = z.object({
  /** Runs whose maps stand beside the reference's; null is chosen by the page. */
  shown: z.nullable(z.array(z.string())),
  /** Whether other maps start from the reference's, or each from its own components. */
  layouts: z.enum(['aligned', 'independent']),
  zoom: z.enum(['rows', 'viewport', 'free']),
  /** Rows in the colours of their groups, or by the share of neighbours that they keep. */
  colour: z.enum(['groups', 'shared']),
});

/** How the disagreement of the open pair is listed: row by row, by groups of rows that move together, or averaged. */
const disagreementLists = ['rows', 'moves', 'clusters', 'label', 'set', 'cluster'] as const;

const viewSchema = z.object({
  /** Dataset on the screen; null before the first is loaded. */
  datasetId: z.nullable(z.string()),
  tab: z.enum(['map', 'matrix', 'compare', 'table']),
  /** Run drawn in Map and Matrix; null until one is done. */
  activeRun: z.nullable(z.string()),
  /** Runs that are compared; null is the page's choice: all that have vectors, up to twelve. */
  comparedRuns: z.nullable(z.array(z.string())),
  /** The run that the others are held against; null is chosen by the page. */
  reference: z.nullable(z.string()),
  /** Neighbours compared of each row. */
  comparisonK: z.number(),
  /** The score by which the scoreboard is ordered; null is the page's choice. */
  scoreBy: z.nullable(z.string()),
  /** What stands beside the agreement matrix. */
  comparisonPanel: z.enum(['scores', 'smaller', 'pairs']),
  /** What the agreement matrix shows. */
  agreement: z.enum(agreementMeasures),
  /** The pair opened in Compare, its maps and rows below the numbers; null is chosen by the page. */
  compared: z.tuple([z.nullable(z.string()), z.nullable(z.string())]),
  /** Above 1 more and smaller clusters, below 1 fewer. */
  clusterResolution: z.number(),
  /** Names a person gave, by the signature of the cluster's rows. */
  clusterNames: z.record(z.string(), z.string()),
  /** Null until chosen: the label if there is one. */
  colourBy: z.nullable(colourChoice),
  /** Numeric column by which points are large or small; null for all alike. */
  sizeBy: z.nullable(z.string()),
  /** Colours that a person gave to groups (#RRGGBB), by what rows are coloured by and the group's name (state/filter). */
  ownColours: z.record(z.string(), z.string()),
  pinned: z.nullable(z.number()),
  /** Selected dataset rows, ascending; empty for none. Changed through `state/selection`. */
  selection: z.array(z.number()),
  /** Whether lines of equal density are drawn on the map. */
  contours: z.boolean(),
  /** Rows drawn alone on the map; empty for all. */
  isolated: z.array(z.number()),
  /** Selections kept under names, of all datasets. */
  savedSelections: z.array(z.object({ datasetId: z.string(), name: z.string(), rows: z.array(z.number()) })),
  /** Names of the groups of the present colouring that are filtered out; '' is the group of rows without a value. */
  hiddenGroups: z.array(z.string()),
  /** Row held beside the pinned one, to read the two against each other; null without a pin. */
  secondPin: z.nullable(z.number()),
  projection: projectionSettings,
  comparisonMaps,
  disagreementList: z.enum(disagreementLists),
  /** Fewest and most neighbours in common of the rows listed; null is all. */
  disagreementRange: z.nullable(z.tuple([z.number(), z.number()])),
  /** In which order the matrix stands (features/matrix/matrix-order). */
  matrixOrder: z.string(),
  /** Rows and columns of the matrix: `all`, `selection`, or `column:value` (features/matrix/matrix-parts). */
  matrixRows: z.string(),
  matrixColumns: z.string(),
  /** One run, another, their difference, one above and one below the diagonal, or three matrices. */
  matrixShows: z.enum(['a', 'b', 'difference', 'halves', 'sides']),
  /** The run beside the active one; null is chosen by the page. */
  matrixSecond: z.nullable(z.string()),
  /** Column whose groups are barred at the sides, `none`, or null: chosen by the page. */
  matrixBars: z.nullable(z.string()),
  matrixScale: z.enum(['z', 'raw', 'percentile', 'centred']),
  /** Ends of the colours in the unit of the scale; null are the scale's own. */
  matrixRange: z.nullable(z.tuple([z.number(), z.number()])),
  matrixPalette: z.enum(['dusk', 'diverging']),
  /** What a cell of several pairs shows. */
  matrixCells: z.enum(['mean', 'largest']),
  /** Cosine from which two texts count as the same, by run. */
  cutoffs: z.record(z.string(), z.number()),
  /** Pairs of rows that a person judged, by dataset: both rows, the lower first, and whether they mean the same. */
  judgements: z.record(z.string(), z.array(z.tuple([z.number(), z.number(), z.boolean()]))),
  /** Runs whose neighbours the inspector lists first, in this order; null says nothing. */
  neighbourRuns: z.array(z.nullable(z.string())),
  /** Length of those lists, 5 to 30. */
  neighbourCount: z.number().check(z.int(), z.minimum(5), z.maximum(30)),
  neighbourScale: z.enum(['raw', 'percentile']),
  /** Runs that a search by meaning leaves out. */
  searchWithout: z.array(z.string()),
  /** Column by which the table is sorted; null is by row. */
  tableSort: z.nullable(z.object({ column: z.string(), isDescending: z.boolean() })),
  /** What the rows of the table must hold, by column. */
  tableFilters: z.record(z.string(), z.string()),
  /** Whether the table lists the selected rows only. */
  tableSelectedOnly: z.boolean(),
  /** Pictures with their words, to be shown one after the other (state/steps). `view` is what differs from a fresh page. */
  steps: z.array(
    z.object({
      id: z.string(),
      datasetId: z.string(),
      title: z.string(),
      sentence: z.string(),
      view: z.record(z.string(), z.unknown()),
    }),
  ),
  /** What a report is called; empty for the page's own title. */
  reportTitle: z.string(),
  /** How much of the texts a report holds. */
  reportTexts: z.enum(textShares),
});

/** Everything a person has chosen that makes the picture; one serialisable value. */
export type View = z.infer<typeof viewSchema>;

export const initialView: View = {
  datasetId: null,
  tab: 'map',
  activeRun: null,
  comparedRuns: null,
  reference: null,
  comparisonK: 10,
  scoreBy: null,
  comparisonPanel: 'scores',
  agreement: 'overlap',
  compared: [null, null],
  colourBy: null,
  clusterResolution: 1,
  clusterNames: {},
  sizeBy: null,
  ownColours: {},
  pinned: null,
  selection: [],
  contours: false,
  isolated: [],
  savedSelections: [],
  hiddenGroups: [],
  secondPin: null,
  projection: defaultProjectionSettings,
  comparisonMaps: { shown: null, layouts: 'aligned', zoom: 'rows', colour: 'groups' },
  disagreementList: 'rows',
  disagreementRange: null,
  matrixOrder: 'input',
  matrixRows: 'all',
  matrixColumns: 'same',
  matrixShows: 'a',
  matrixSecond: null,
  matrixBars: null,
  matrixScale: 'z',
  matrixRange: null,
  matrixPalette: 'dusk',
  matrixCells: 'mean',
  cutoffs: {},
  judgements: {},
  neighbourRuns: [],
  neighbourCount: 10,
  neighbourScale: 'raw',
  searchWithout: [],
  tableSort: null,
  tableFilters: {},
  tableSelectedOnly: false,
  steps: [],
  reportTitle: '',
  reportTexts: 'excerpt',
};

/** Reads a stored view. What an older version did not know takes its first value; null when it is not a view. */
export function readView(value: unknown): View | null {
  if (typeof value !== 'object' || value === null) return null;
  const stored = { ...initialView, ...value };
  const parsed = z.safeParse(viewSchema, { ...stored, colourBy: readColourChoice(stored.colourBy) });
  if (!parsed.success) return null;
  const { projection, clusterResolution, ...rest } = parsed.data;
  const { min, max } = resolutionRange;
  return {
    ...rest,
    projection: clampSettings(projection),
    clusterResolution: Math.min(max, Math.max(min, clusterResolution)),
  };
}

/** A change that can be taken back; only what it changed, so that what followed by itself stays. */
interface Step {
  readonly before: Partial<View>;
  readonly after: Partial<View>;
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
    const keys = Object.keys(change) as (keyof View)[];
    const before = Object.fromEntries(keys.map((key) => [key, view[key]]));
    return {
      view: next,
      undoable: [...undoable, { before, after: change, label }].slice(-stepsKept),
      redoable: [],
    };
  });
}

export function undo(): void {
  viewStore.setState((state) => {
    const step = state.undoable.at(-1);
    if (step === undefined) return state;
    return {
      view: { ...state.view, ...step.before },
      undoable: state.undoable.slice(0, -1),
      redoable: [...state.redoable, step],
    };
  });
}

export function redo(): void {
  viewStore.setState((state) => {
    const step = state.redoable.at(-1);
    if (step === undefined) return state;
    return {
      view: { ...state.view, ...step.after },
      undoable: [...state.undoable, step],
      redoable: state.redoable.slice(0, -1),
    };
  });
}

/** Puts a stored view in place and forgets the history. */
export function replaceView(view: View): void {
  viewStore.setState({ view, undoable: [], redoable: [] });
}

/** Drops steps that lead to, or come from, something that is gone. */
export function forgetSteps(isGone: (change: Partial<View>) => boolean): void {
  const stays = (step: Step) => !isGone(step.before) && !isGone(step.after);
  viewStore.setState(({ undoable, redoable }) => ({
    undoable: undoable.filter(stays),
    redoable: redoable.filter(stays),
  }));
}
