import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';

/** How much of a head must be in sight for its column to count. */
const mostly = 0.6;

/** Which heads (`data-column`) of a sideways scroller are in sight, and which have been. */
export function useColumnsInSight(ids: readonly string[]) {
  const scroller = useRef<HTMLDivElement>(null);
  const isStill = useReducedMotion();
  const [inSight, setInSight] = useState<ReadonlySet<string>>(new Set());
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const key = ids.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: other columns, other heads
  useEffect(() => {
    const root = scroller.current;
    if (root === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const changes = entries.map(({ target, isIntersecting, intersectionRatio }) => ({
          id: (target as HTMLElement).dataset.column ?? '',
          isIntersecting,
          isInSight: intersectionRatio >= mostly,
        }));
        setSeen((before) => {
          const come = changes.filter(({ id, isIntersecting }) => isIntersecting && !before.has(id));
          return come.length === 0 ? before : new Set([...before, ...come.map(({ id }) => id)]);
        });
        setInSight((before) => {
          const now = new Set(before);
          for (const { id, isInSight } of changes) {
            if (isInSight) now.add(id);
            else now.delete(id);
          }
          return now;
        });
      },
      { root, threshold: [0, mostly] },
    );
    for (const head of root.querySelectorAll('[data-column]')) observer.observe(head);
    return () => observer.disconnect();
  }, [key]);
  const show = (id: string): void => {
    const root = scroller.current;
    const head = [...(root?.querySelectorAll<HTMLElement>('[data-column]') ?? [])].find(
      ({ dataset }) => dataset.column === id,
    );
    if (head !== undefined) root?.scrollTo({ left: head.offsetLeft, behavior: isStill ? 'auto' : 'smooth' });
  };
  return { scroller, inSight, seen, show };
}
