import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useMemo } from 'react';
import { easeInOut } from '@/gl/camera';
import { createShareChannel, type ShareChannel } from '@/gl/share-channel';

const morphMs = 700;

export interface MorphState {
  /** 0 at the first map, 1 at the other. */
  readonly share: ShareChannel;
  /** Goes to the end that is further away: in 700 ms, slow at both ends, or at once where motion is not wanted. */
  play(): void;
  stop(): void;
}

/** How far a morph is; another `key` (other runs) begins at the first map again. */
export function useMorph(key: string): MorphState {
  const isStill = useReducedMotion() ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another pair is another morph
  const share = useMemo(() => createShareChannel(), [key]);
  const state = useMemo(() => playShare(share, isStill ? 0 : morphMs), [share, isStill]);
  useEffect(() => state.stop, [state]);
  return state;
}

function playShare(share: ShareChannel, durationMs: number): MorphState {
  let frame = 0;
  const stop = () => {
    cancelAnimationFrame(frame);
    frame = 0;
  };
  const play = () => {
    stop();
    const from = share.get();
    const to = from < 0.5 ? 1 : 0;
    if (durationMs === 0) {
      share.set(to);
      return;
    }
    const startedMs = performance.now();
    const step = () => {
      const t = Math.min(1, (performance.now() - startedMs) / durationMs);
      share.set(from + (to - from) * easeInOut(t));
      frame = t < 1 ? requestAnimationFrame(step) : 0;
    };
    step();
  };
  return { share, play, stop };
}
