import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { apiAddressOf } from './base-url';
import type { RunSpec } from './run';

const hashDigits = 8;

/**
 * Id of a run: the model id, `#`, and 8 hex digits of SHA-256 over provider, address, model, dimensions and dataset.
 * Equal specs have equal ids, on every machine.
 */
export function runIdOf(spec: RunSpec): string {
  const identity = JSON.stringify([
    spec.provider,
    apiAddressOf(spec.baseUrl),
    spec.model,
    spec.dimensions,
    spec.datasetId,
  ]);
  const digest = bytesToHex(sha256(utf8ToBytes(identity)));
  return `${spec.model}#${digest.slice(0, hashDigits)}`;
}
