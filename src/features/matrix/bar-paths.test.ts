import { expect, it } from 'vitest';
import { barPaths } from './bar-paths';

const colourOf = (group: number) => (group % 2 === 0 ? 'red' : 'blue');
const bars = [
  { group: 0, start: 30, size: 0.4 },
  { group: 1, start: 31, size: 10 },
  { group: 2, start: 41, size: 4 },
];

it('draws the bars of a colour as one path, at least a pixel long, with a seam where there is room', () => {
  expect([...barPaths(bars, { from: 30, widthPx: 6, isAcross: true }, colourOf)]).toEqual([
    ['red', 'M0.00 0h1.00v6h-1.00zM11.00 0h4.00v6h-4.00z'],
    ['blue', 'M1.00 0h9.00v6h-9.00z'],
  ]);
  expect(barPaths(bars, { from: 30, widthPx: 6, isAcross: false }, colourOf).get('blue')).toBe(
    'M0 1.00h6v9.00h-6z',
  );
});

it('thousands of bars are as many elements as there are colours', () => {
  const many = Array.from({ length: 5000 }, (_, i) => ({ group: i % 40, start: i, size: 1 }));
  expect(barPaths(many, { from: 0, widthPx: 6, isAcross: true }, colourOf).size).toBe(2);
});
