import type { JSX } from 'react';
import { type ModelShape, modelColour, modelColourVariable, modelShape, modelSlotCount } from './palettes';

const paths: Record<ModelShape, string> = {
  hexagon: 'M8 1.5 13.6 4.75V11.25L8 14.5 2.4 11.25V4.75Z',
  square: 'M2.8 2.8H13.2V13.2H2.8Z',
  triangle: 'M8 2 14.4 13.4H1.6Z',
  diamond: 'M8 1.2 14.8 8 8 14.8 1.2 8Z',
  'triangle-down': 'M8 14 1.6 2.6H14.4Z',
  plus: 'M5.6 2H10.4V5.6H14V10.4H10.4V14H5.6V10.4H2V5.6H5.6Z',
};

export interface ModelMarkProps {
  /** Place of the model in the session, from 0. */
  slot: number;
  /** Hollow says: no vectors yet. */
  hollow?: boolean;
  /** Side in CSS pixels, 12 unless told. */
  size?: number;
  /** The scheme; without it the colour comes from the CSS variables `--model-…`. */
  dark?: boolean;
}

/** A model's shape in its colour; those after the sixth share a grey and carry their number. Decoration: the model's name stands beside it. */
export function ModelMark({ slot, hollow = false, size = 12, dark }: ModelMarkProps): JSX.Element {
  const colour =
    dark === undefined
      ? `var(${modelColourVariable(slot)}, ${modelColour(slot, false)})`
      : modelColour(slot, dark);
  if (slot >= modelSlotCount) return <NumberMark {...{ slot, hollow, size, dark, colour }} />;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      <path
        d={paths[modelShape(slot)]}
        style={{ fill: hollow ? 'none' : colour, stroke: colour }}
        strokeWidth={hollow ? 2 : 1}
        strokeLinejoin="round"
      />
    </svg>
  );
}

function NumberMark({
  slot,
  hollow,
  size,
  dark,
  colour,
}: Required<Omit<ModelMarkProps, 'dark'>> & Pick<ModelMarkProps, 'dark'> & { colour: string }): JSX.Element {
  const room = slot < 9 ? 2 : 4;
  const ground = dark === undefined ? 'var(--panel, #FFFFFF)' : dark ? '#161A20' : '#FFFFFF';
  return (
    <span
      aria-hidden="true"
      style={{
        display: 'inline-flex',
        flex: 'none',
        alignItems: 'center',
        justifyContent: 'center',
        boxSizing: 'border-box',
        width: size + room,
        height: size + 2,
        margin: `-1px ${-room}px -1px 0`,
        borderRadius: 3,
        border: hollow ? `1.5px solid ${colour}` : 0,
        background: hollow ? 'none' : colour,
        color: hollow ? colour : ground,
        fontSize: Math.max(8, size * 0.75),
        fontWeight: 600,
        lineHeight: 1,
        letterSpacing: '-0.04em',
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      {slot + 1}
    </span>
  );
}
