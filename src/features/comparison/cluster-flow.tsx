import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { groupColour } from '@/gl/row-colours';
import type { CorrespondenceProps } from './cluster-correspondence';
import classes from './cluster-correspondence.module.css';
import { layOutFlows } from './lay-out-flows';

const barPx = 10;
const labelPx = 200;
const gapPx = 6;
const leastHeightPx = 220;

/** Clusters of A at the left, of B at the right, joined by bands as wide as the rows they share. */
export function ClusterFlow({ a, b, found, onSelect }: CorrespondenceProps) {
  const isDark = useComputedColorScheme('light') === 'dark';
  const { ref, width, height: free } = useElementSize<HTMLDivElement>();
  const height = Math.max(leastHeightPx, free - 8);
  const { left, right, bands } = layOutFlows({ found, height, gapPx });
  const x0 = labelPx + barPx;
  const x1 = Math.max(x0 + 40, width - labelPx - barPx);
  const middle = (x0 + x1) / 2;
  return (
    <div ref={ref} className={classes.scroller}>
      {width > 0 && (
        <svg width={width} height={height} className={classes.flow}>
          <title>Rows shared by the clusters of both runs</title>
          {bands.map(({ inA, inB, count, from, to, thickness }) => (
            // biome-ignore lint/a11y/useSemanticElements: a band of an SVG picture cannot be a button element
            <path
              key={`${inA} ${inB}`}
              role="button"
              tabIndex={0}
              aria-label={`Select ${count} rows in ${a.names[inA]} and ${b.names[inB]}`}
              d={`M${x0},${from} C${middle},${from} ${middle},${to} ${x1},${to} V${to + thickness} C${middle},${to + thickness} ${middle},${from + thickness} ${x0},${from + thickness} Z`}
              fill={groupColour(inA, isDark, a.own)}
              onClick={() => onSelect(inA, inB)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' || event.key === ' ') onSelect(inA, inB);
              }}
            >
              <title>
                {count.toLocaleString('en')} rows: {a.names[inA]} | {b.names[inB]}
              </title>
            </path>
          ))}
          {left.map(({ cluster, start, length }) => (
            <g key={cluster}>
              <rect
                x={labelPx}
                y={start}
                width={barPx}
                height={length}
                fill={groupColour(cluster, isDark, a.own)}
              />
              <text x={labelPx - 8} y={start + length / 2} textAnchor="end">
                {shorten(a.names[cluster]!)}
              </text>
            </g>
          ))}
          {right.map(({ cluster, start, length }) => (
            <g key={cluster}>
              <rect
                x={x1}
                y={start}
                width={barPx}
                height={length}
                fill={b.own.get(cluster) ?? 'var(--text-3)'}
              />
              <text x={x1 + barPx + 8} y={start + length / 2}>
                {shorten(b.names[cluster]!)}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

function shorten(name: string): string {
  const characters = Array.from(name);
  return characters.length <= 28 ? name : `${characters.slice(0, 27).join('')}…`;
}
