import { describe, expect, it } from 'vitest';
import { axisOf } from './whisker-axis';

describe('axisOf', () => {
  it('holds every interval, in whole tenths', () => {
    const none = { value: null, low: null, high: null };
    expect(axisOf([undefined, none])).toBeNull();
    expect(
      axisOf([{ value: 0.93, low: 0.88, high: 0.96 }, { value: 0.7, low: 0.64, high: 0.75 }, none]),
    ).toEqual([0.6, 1]);
    expect(axisOf([{ value: 1, low: 1, high: 1 }])).toEqual([0.9, 1]);
    expect(axisOf([{ value: -0.03, low: -0.12, high: 0.04 }])).toEqual([-0.2, 0.1]);
    expect(axisOf([{ value: 0.6, low: null, high: null }])).toEqual([0.5, 0.6]);
  });
});
