import type { RowGroups } from '@/core/dataset/group-rows';

/** Colours along a scale. */
export interface ScaleColouring {
  readonly kind: 'scale';
  readonly title: string;
  /** Where each row lies, 0 to 1; NaN for nowhere. */
  readonly shares: Float32Array;
  /** The words at both ends. */
  readonly ends: readonly [string, string];
  /** The value at a place of 0 to 1, in words. */
  wordsAt(place: number): string;
  /** What the scale says, in a sentence. */
  readonly about: string;
  /** Rows that lie nowhere, and why. */
  readonly without: { readonly count: number; readonly why: string };
  /** Rows worth looking at, and what they are called: "12 rows that wander". */
  readonly rows?: { readonly name: string; readonly rows: readonly number[] };
}

/** What the rows of a map are coloured by, once it is known. */
export type Colouring =
  | { readonly kind: 'one' }
  | {
      readonly kind: 'groups';
      readonly title: string;
      readonly groups: RowGroups;
      /** What the groups' own colours are kept under, where that is not their names. */
      readonly keys?: readonly string[];
      /** What a group is: "value". */
      readonly unit: string;
      /** What rows without a group are called. */
      readonly emptyName: string;
    }
  | ScaleColouring
  | {
      readonly kind: 'waiting';
      readonly title: string;
      readonly words: string;
      /** What a person can do about it: cancel it, try again. */
      readonly action?: { readonly label: string; act(): void };
    };
