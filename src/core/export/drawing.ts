/** Something with pixels that can be drawn or written as a data URL, such as a canvas. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  toDataURL(): string;
}

/** A part of a picture. Lengths are CSS pixels, y goes down, colours are #RRGGBB. */
export type Shape =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
    }
  | {
      readonly kind: 'circle';
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly fill: string;
      /** Colour of its edge, drawn outside; none where absent. */
      readonly edge?: string;
      /** 1 unless told. */
      readonly opacity?: number;
    }
  | {
      readonly kind: 'path';
      /** As an SVG path's `d`. */
      readonly d: string;
      readonly fill?: string;
      readonly stroke?: string;
      readonly strokeWidth?: number;
      /** 1 unless told. */
      readonly opacity?: number;
    }
  | ({ readonly kind: 'text' } & Writing)
  /** Left to right in the colours of a palette. */
  | {
      readonly kind: 'gradient';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly stops: readonly string[];
    }
  | {
      readonly kind: 'image';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly pixels: Pixels;
      /** Whether its pixels keep their edges when they grow. */
      readonly isSharp: boolean;
    }
  /** Shapes moved by x and y and, where it has a size, cut to it. */
  | {
      readonly kind: 'group';
      readonly x: number;
      readonly y: number;
      readonly clip?: {
        readonly x: number;
        readonly y: number;
        readonly width: number;
        readonly height: number;
      };
      /** By how much the shapes are larger, before they are moved; 1 unless told. */
      readonly scale?: number;
      /** Whether edges lie on pixels, so that cells leave no gaps. */
      readonly isCrisp?: boolean;
      readonly shapes: readonly Shape[];
    };

interface Writing {
  readonly x: number;
  /** Of the line's middle. */
  readonly y: number;
  readonly text: string;
  readonly fill: string;
  /** 11 unless told. */
  readonly size?: number;
  /** 400 unless told. */
  readonly weight?: 400 | 500 | 600;
  /** `start` unless told. */
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Turned by a quarter, to be read from below. */
  readonly isTurned?: boolean;
  /** Colour around the letters, to be read on points. */
  readonly halo?: string;
}

/** A whole picture. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly background: string;
  readonly shapes: readonly Shape[];
}

/** Width of a text in pixels, in the size and weight it is drawn with. */
export type MeasureText = (text: string, size?: number, weight?: number) => number;

export const textSize = 11;

/** The text, cut with an ellipsis where it is wider than the room. */
export function cutText(text: string, roomPx: number, measure: (text: string) => number): string {
  if (measure(text) <= roomPx) return text;
  const letters = [...text];
  let fits = 0;
  let tooMany = letters.length;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (measure(`${letters.slice(0, middle).join('')}…`) <= roomPx) fits = middle;
    else tooMany = middle;
  }
  return fits === 0 ? '' : `${letters.slice(0, fits).join('').trimEnd()}…`;
}

/** The text in lines no wider than the room; a word that is wider has a line of its own. */
export function wrapText(text: string, roomPx: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measure(longer) > roomPx) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}
