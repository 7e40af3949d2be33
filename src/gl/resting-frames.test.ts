import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RestingFrames } from './resting-frames';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  // Node has none; 60 a second, as in a browser.
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) =>
    setTimeout(() => callback(performance.now()), 1000 / 60),
  );
  vi.stubGlobal('cancelAnimationFrame', (id: ReturnType<typeof setTimeout>) => clearTimeout(id));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function countFrames(frames: RestingFrames): () => number {
  let count = 0;
  const loop = () => {
    count++;
    frames.requestAnimationFrame(loop);
  };
  frames.requestAnimationFrame(loop);
  return () => count;
}

test('an endless loop has every frame for a moment, then rests, and wakes at the next frame', () => {
  const frames = new RestingFrames();
  const count = countFrames(frames);
  vi.advanceTimersByTime(150);
  expect(count()).toBeGreaterThanOrEqual(8);
  vi.advanceTimersByTime(850);
  const atRest = count();
  vi.advanceTimersByTime(10_000);
  expect(count() - atRest).toBeGreaterThanOrEqual(9);
  expect(count() - atRest).toBeLessThanOrEqual(10);

  const before = count();
  frames.wake();
  vi.advanceTimersByTime(34);
  expect(count() - before).toBe(2);
});

test('a loop that was stopped gets no frame, whether it was awake or at rest', () => {
  const frames = new RestingFrames();
  const count = countFrames(frames);
  vi.advanceTimersByTime(100);
  frames.cancelAnimationFrame();
  const stopped = count();
  frames.wake();
  vi.advanceTimersByTime(5000);
  expect(count()).toBe(stopped);

  const again = countFrames(frames);
  vi.advanceTimersByTime(1500);
  const atRest = again();
  frames.cancelAnimationFrame();
  vi.advanceTimersByTime(5000);
  expect(again()).toBe(atRest);
});
