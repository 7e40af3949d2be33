import { describe, expect, it } from 'vitest';
import { boundFreeView, boundRowsInView } from './camera-link';
import { absentX } from './world-points';

const view = { minX: -1, minY: -1, maxX: 1, maxY: 1 };

describe('boundFreeView', () => {
  it('is what a camera shows beside the floating cards', () => {
    const insets = { left: 20, top: 10, right: 0, bottom: 0 };
    const shown = boundFreeView({ x: 5, y: 6, zoom: 1 }, { x: 300, y: 0, width: 100, height: 60 }, insets);
    expect(shown).toEqual({ minX: -10, minY: -4, maxX: 30, maxY: 21 });
  });
});

describe('boundRowsInView', () => {
  const lead = Float32Array.from([0, 0, 0.5, 0.5, 3, 0, absentX, 0, 1, 1]);

  it('bounds in the other map the rows in view, wherever they lie there', () => {
    const followed = Float32Array.from([10, 20, 12, -5, 99, 99, 50, 50, 11, 0]);
    expect(boundRowsInView(lead, view, followed)).toEqual({
      bounds: { minX: 10, minY: -5, maxX: 12, maxY: 20 },
      isEveryRow: false,
    });
  });

  it('leaves out rows that the other map has no place for', () => {
    const followed = Float32Array.from([absentX, 0, 12, -5, 99, 99, 50, 50, absentX, 0]);
    expect(boundRowsInView(lead, view, followed).bounds).toEqual({ minX: 12, minY: -5, maxX: 12, maxY: -5 });
    expect(boundRowsInView(lead, view, new Float32Array(10).fill(absentX)).bounds).toBeNull();
  });

  it('says when every row is in view', () => {
    const wide = { minX: -9, minY: -9, maxX: 9, maxY: 9 };
    expect(boundRowsInView(lead, wide, lead).isEveryRow).toBe(true);
    expect(boundRowsInView(lead, { ...wide, maxX: 2 }, lead).isEveryRow).toBe(false);
  });
});
