/**
 * Edges a call of the SIMD kernels: a function that is running is never replaced by its optimised code, so calls have to be
 * short. Groups of four due edges do not reach across calls, so the number is part of the result.
 */
export const edgesPerCall = 1 << 14;

/** Edges of a part of an epoch, whole calls. */
export const edgesPerPart = 1 << 18;
