/** What the requests to one origin have taught, for as long as the page lives. */
export interface OriginMemory {
  /** How vectors are asked for: base64 is about 60 % smaller but not known everywhere; unknown until it was tried. */
  encoding: 'unknown' | 'base64' | 'float';
  /** True while one request tries base64; the others ask for numbers meanwhile. */
  isProbing: boolean;
  /** Tries that told nothing, since numbers were not sent either. */
  vainProbes: number;
}

export function createOriginMemory(): OriginMemory {
  return { encoding: 'unknown', isProbing: false, vainProbes: 0 };
}
