import { expect, it } from 'vitest';
import type { EmbeddingReply } from './read-embeddings';
import { settleReply } from './settle-reply';

function reply(positions: number[], failures: EmbeddingReply['failures'] = []): EmbeddingReply {
  return {
    width: 2,
    positions: Uint32Array.from(positions),
    values: new Float32Array(2 * positions.length),
    failures,
    tokens: null,
    model: null,
    notes: [],
  };
}

const broken = { position: 1, reason: 'It holds no numbers.' };

it('keeps what came, asks again for what was left out, and gives up what is broken', () => {
  expect(settleReply(reply([0, 3], [broken]), 4, 2, true)).toEqual({
    fits: true,
    missing: [2],
    lost: [{ place: 1, reason: broken.reason }],
  });
  expect(settleReply(reply([0, 3]), 4, 2, false).lost).toEqual([
    { place: 1, reason: 'The reply left this text out.' },
    { place: 2, reason: 'The reply left this text out.' },
  ]);
});

it('keeps nothing of another length, and does not ask for it again', () => {
  const settled = settleReply(reply([0, 1]), 2, 3, true);
  expect(settled).toMatchObject({ fits: false, missing: [] });
  expect(settled.lost.map(({ reason }) => reason)).toEqual([
    'The vector for this text has length 2, the others of the run have length 3.',
    'The vector for this text has length 2, the others of the run have length 3.',
  ]);
});

it('takes an empty reply for texts left out', () => {
  expect(settleReply(reply([]), 2, null, true)).toEqual({ fits: false, missing: [0, 1], lost: [] });
  expect(settleReply(reply([], [{ ...broken, isMissing: true }]), 2, null, true).missing).toEqual([0, 1]);
});
