import { describe, expect, it } from 'vitest';
import { describeTrust, explainTrust } from './describe-trust';

const layout = (trustworthiness: number | null) => ({
  trustworthiness,
  continuity: null,
  globalOrder: null,
  trust: new Float32Array(0),
});
const quality = {
  map: layout(0.953),
  pca: layout(0.8),
  shuffled: layout(0.513),
  k: 15,
  points: 8000,
  sampled: 2000,
  trustOfRow: new Float32Array(0),
};

describe('describeTrust', () => {
  it('never says a number without its yardsticks', () => {
    expect(describeTrust(quality)).toBe('Trust 0.95 · PCA 0.80 · random 0.51');
    expect(describeTrust({ ...quality, map: layout(null) })).toContain('Trust not known');
  });

  it('says from how many points it comes where that is not all', () => {
    expect(explainTrust(quality)).toContain('From 2,000 of 8,000 points, by chance.');
    expect(explainTrust({ ...quality, sampled: 8000 })).not.toContain('From');
  });
});
