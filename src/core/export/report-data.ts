import type { PackedNumbers } from './packed-numbers';

/** The id of the element that holds the data of a report. */
export const reportDataId = 'report-data';

/** How much of the texts is in a report. */
export const textShares = ['full', 'excerpt', 'none'] as const;
export type TextShare = (typeof textShares)[number];
/** Characters of each text in a report that has excerpts. */
export const excerptLength = 160;
/** Cells along each side of the matrix in a report. */
export const reportCells = 512;
/** Neighbours of each row in a report. */
export const reportNeighbours = 10;

/** Rows by what they are coloured by. */
interface ReportGroups {
  readonly title: string;
  readonly unit: string;
  readonly emptyName: string;
  readonly names: readonly string[];
  readonly counts: readonly number[];
  readonly emptyCount: number;
  /** Colours that the author gave (#RRGGBB), by group. */
  readonly own: readonly (readonly [number, string])[];
}

/** What colours rows along a scale, in place of their groups. */
interface ReportScale {
  readonly title: string;
  /** The words at both ends. */
  readonly ends: readonly [string, string];
  /** What else is to be known of the scale; empty for nothing. */
  readonly about: string;
  readonly emptyCount: number;
  /** The value of each row as it was written. */
  readonly words: readonly string[];
}

/** A run, as far as readers need it. */
export interface ReportRun {
  readonly id: string;
  readonly name: string;
  readonly model: string;
  readonly provider: string;
  /** Its colour and shape (gl/palettes). */
  readonly slot: number;
  readonly dimensions: number | null;
  readonly done: number;
  readonly failed: number;
  /** What was sent other than the text as it is; empty for nothing. */
  readonly sent: string;
}

/** A number with its interval, as it stands in a cell. */
export interface ReportNumber {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly text: string;
  /** The interval in words; empty where there is none. */
  readonly interval: string;
}

export interface ReportColumn {
  readonly key: string;
  readonly name: string;
  readonly definition: string;
  /** Ends of its axis as numbers and as text; null where numbers stand alone. */
  readonly axis: {
    readonly ends: readonly [number, number];
    readonly words: readonly [string, string];
  } | null;
  /** Where chance or the majority stands. */
  readonly yardstick: number | null;
}

export interface ReportComparison {
  readonly headline: string;
  readonly detail: string;
  /** What the scores rest on. */
  readonly basis: string;
  readonly rows: number;
  readonly columns: readonly ReportColumn[];
  /** One a run, best first. */
  readonly scores: readonly {
    readonly run: string;
    /** Null without labels. */
    readonly verdict: { readonly kind: 'highest' | 'close' | 'behind'; readonly text: string } | null;
    readonly cells: readonly (ReportNumber | null)[];
  }[];
  /** What a pair's number means. */
  readonly agreementDefinition: string;
  readonly k: number;
  readonly pairs: readonly { readonly a: string; readonly b: string; readonly shared: ReportNumber | null }[];
}

/** How far a map can be believed: each measure beside PCA and shuffled points. */
interface ReportQuality {
  readonly trust: string;
  readonly explanation: string;
}

/** What a map says beside its arrays. */
interface ReportMapHead {
  readonly run: string;
  readonly placed: number;
  /** What is left over after it was laid onto the first; empty for the first. */
  readonly residual: string;
  /** Why the picture is not quite what was asked for, how exact its neighbours are; empty for nothing. */
  readonly remark: string;
  readonly quality: ReportQuality | null;
  /** Length of each row's list. */
  readonly k: number;
}

export interface ReportMatrixHead {
  readonly run: string;
  /** How the rows stand, as a sentence. */
  readonly order: string;
  readonly size: number;
  readonly level: number;
  readonly cells: number;
  /** Ends of the colours, as cosines and as words with the middle. */
  readonly range: readonly [number, number];
  readonly ticks: readonly [string, string, string];
  /** What turns a cosine into z; null where the scale is the raw cosine. */
  readonly scale: { readonly mean: number; readonly sd: number } | null;
  readonly explanation: string;
}

/** A row that the author, or the comparison, points out. */
export interface ReportExample {
  readonly row: number;
  readonly why: string;
}

/** A view with its words, as far as a report can show it. */
interface ReportStep {
  readonly title: string;
  readonly sentence: string;
  readonly tab: 'map' | 'matrix' | 'compare' | 'table';
  readonly pinned: number | null;
  readonly selection: readonly number[];
}

interface ReportHead {
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
  readonly pageVersion: string;
  readonly dataset: {
    readonly name: string;
    readonly rowCount: number;
    readonly labelColumn: string | null;
    /** What was left out or assumed when it was read. */
    readonly remarks: readonly string[];
  };
  readonly textShare: TextShare;
  readonly runs: readonly ReportRun[];
  readonly comparison: ReportComparison | null;
  readonly examples: readonly ReportExample[];
  readonly steps: readonly ReportStep[];
  readonly definitions: readonly { readonly name: string; readonly text: string }[];
  readonly settings: readonly { readonly name: string; readonly value: string }[];
}

/** Everything that a report shows, in arrays; the texts whole. */
export interface ReportContents extends ReportHead {
  readonly texts: { readonly joined: string; readonly ends: Uint32Array };
  readonly groups: (ReportGroups & { readonly groupOf: Int32Array }) | null;
  /** `shares`: where each row lies, 0 to 1, NaN for nowhere. */
  readonly scale: (ReportScale & { readonly shares: Float32Array }) | null;
  readonly maps: readonly (ReportMapHead & {
    /** rows × 2, NaN without a place; all maps in one coordinate system. */
    readonly positions: Float32Array;
    /** rows × k dataset rows, −1 for none; and their cosines. */
    readonly ids: Int32Array;
    readonly similarities: Float32Array;
  })[];
  readonly matrix: (ReportMatrixHead & { readonly values: Float32Array; readonly rows: Uint32Array }) | null;
}

/** The same as it lies in the file. */
export interface ReportData extends ReportHead {
  readonly format: 'murmuration report';
  readonly version: 1;
  /** Null where the author left them out. */
  readonly texts: readonly string[] | null;
  readonly groups: (ReportGroups & { readonly groupOf: PackedNumbers }) | null;
  readonly scale: (ReportScale & { readonly shares: PackedNumbers }) | null;
  /** The box that all maps lie in: left, bottom, right, top. */
  readonly frame: readonly [number, number, number, number];
  readonly maps: readonly (ReportMapHead & {
    readonly x: PackedNumbers;
    readonly y: PackedNumbers;
    readonly ids: PackedNumbers;
    /** Cosines in hundredths. */
    readonly similarities: PackedNumbers;
  })[];
  readonly matrix:
    | (ReportMatrixHead & {
        readonly low: number;
        readonly high: number;
        readonly values: PackedNumbers;
        readonly rows: PackedNumbers;
      })
    | null;
}
