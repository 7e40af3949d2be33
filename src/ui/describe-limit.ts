/** Says that a picture has fewer pixels than the screen, as the graphics card draws at most so many a side. */
export function describeLimit(mostPixels: number): string {
  return `Drawn with fewer pixels than the screen has: the graphics card draws at most ${mostPixels.toLocaleString('en')} a side.`;
}
