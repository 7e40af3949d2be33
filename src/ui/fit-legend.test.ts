import { describe, expect, it } from 'vitest';
import { fitLegend } from './fit-legend';

const ten = {
  namedPx: new Array<number>(10).fill(100),
  restPx: 100,
  lastPx: [],
  gapPx: 4,
  linePx: 516,
};

describe('fitLegend', () => {
  it('names all where they fit', () => {
    expect(fitLegend(ten, false, 2)).toBe(10);
    expect(fitLegend({ ...ten, linePx: 1036 }, false, 1)).toBe(10);
  });

  it('keeps a place for the rest, and for what stands last', () => {
    expect(fitLegend(ten, true, 2)).toBe(9);
    expect(fitLegend({ ...ten, lastPx: [100] }, true, 2)).toBe(8);
    expect(fitLegend({ ...ten, linePx: 515 }, false, 2)).toBe(7);
  });

  it('breaks a line before an entry, never inside it', () => {
    expect(fitLegend({ ...ten, namedPx: [300, 300, 100, 300], linePx: 404 }, false, 2)).toBe(2);
  });

  it('names one at least, and none where there is none', () => {
    expect(fitLegend({ ...ten, linePx: 50 }, true, 2)).toBe(1);
    expect(fitLegend({ ...ten, namedPx: [] }, true, 2)).toBe(0);
  });
});
