import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { apiAddressOf } from './base-url';
import { asWritten, type RunSpec } from './run';

const hashDigits = 8;
const plainTexts = JSON.stringify([
  asWritten.side,
  asWritten.documentPrefix,
  asWritten.queryPrefix,
  asWritten.maxTokens,
]);

/**
 * Id of a run: the model id, `#`, and 8 hex digits of SHA-256 over provider, address, model, dimensions and dataset.
 * Equal specs have equal ids, on every machine. How texts are sent counts where it is not `asWritten`.
 */
export function runIdOf(spec: RunSpec): string {
  const { side, documentPrefix, queryPrefix, maxTokens } = spec.texts;
  const texts = JSON.stringify([side, documentPrefix, queryPrefix, maxTokens]);
  const identity = JSON.stringify([
    spec.provider,
    apiAddressOf(spec.baseUrl),
    spec.model,
    spec.dimensions,
    spec.datasetId,
    // Ids from before runs had these options stay as they were.
    ...(texts === plainTexts ? [] : [texts]),
  ]);
  const digest = bytesToHex(sha256(utf8ToBytes(identity)));
  return `${spec.model}#${digest.slice(0, hashDigits)}`;
}
