import { type JSX, memo, type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import type { PointMapHandle } from './point-map';

interface Props {
  map: RefObject<PointMapHandle | null>;
  paneKey: string;
  /** Lines of closed rings (x and y in turn, the pane's own coordinates), the faintest first. */
  lines: readonly { readonly share: number; readonly rings: readonly Float32Array[] }[];
}

/** Lines of equal density above the points of a pane. Belongs into `renderPane`. */
export const ContourLines = memo(function ContourLines({ map, paneKey, lines }: Props): JSX.Element {
  const group = useRef<SVGGElement>(null);
  const paths = useMemo(
    () => lines.map(({ share, rings }) => ({ share, d: rings.map(pathOf).join('') })),
    [lines],
  );
  useLayoutEffect(() => {
    const follow = (): void => {
      const origin = map.current?.project(paneKey, { x: 0, y: 0 }) ?? null;
      const unit = map.current?.project(paneKey, { x: 1, y: 1 }) ?? null;
      if (group.current === null || origin === null || unit === null) return;
      const [scaleX, scaleY] = [unit.x - origin.x, unit.y - origin.y];
      group.current.setAttribute('transform', `matrix(${scaleX} 0 0 ${scaleY} ${origin.x} ${origin.y})`);
    };
    follow();
    return map.current?.subscribeCamera(follow);
  }, [map, paneKey]);
  return (
    <svg
      width="100%"
      height="100%"
      aria-hidden="true"
      data-contours={lines.length}
      style={{ position: 'absolute', inset: 0, pointerEvents: 'none' }}
    >
      <g ref={group}>
        {paths.map(({ share, d }) => (
          <path
            key={share}
            d={d}
            fill="var(--text-3)"
            fillOpacity={0.04}
            fillRule="evenodd"
            stroke="var(--text-3)"
            strokeOpacity={0.25 + 0.5 * share}
            strokeWidth={1}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </g>
    </svg>
  );
});

function pathOf(ring: Float32Array): string {
  let path = '';
  for (let i = 0; i + 1 < ring.length; i += 2)
    path += `${i === 0 ? 'M' : 'L'}${ring[i]!.toFixed(3)} ${ring[i + 1]!.toFixed(3)}`;
  return `${path}Z`;
}
