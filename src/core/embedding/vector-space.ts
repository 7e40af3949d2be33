import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { apiAddressOf } from './base-url';
import { isRemote, type RunSpec } from './run';

/** Where equal texts have equal vectors: one model at one address, asked for one length. */
export interface VectorSpace {
  /** 16 hex digits over everything below. */
  readonly id: string;
  /** Origin and path of the API; empty for the baselines, the digest of the numbers for imported vectors. */
  readonly address: string;
  readonly model: string;
  readonly dimensions: number | null;
  /** The dataset a baseline learned from, or that imported vectors belong to; null for models that do not depend on it. */
  readonly datasetId: string | null;
}

const idDigits = 16;

/** The space a run's vectors belong to. Runs of other datasets share it, except those of the baselines. */
export function vectorSpaceOf(
  spec: Pick<RunSpec, 'provider' | 'baseUrl' | 'model' | 'dimensions' | 'datasetId'>,
): VectorSpace {
  const { model, dimensions } = spec;
  const address = apiAddressOf(spec.baseUrl);
  const datasetId = isRemote(spec.provider) ? null : spec.datasetId;
  const digest = sha256(utf8ToBytes(JSON.stringify([address, model, dimensions, datasetId])));
  return { id: bytesToHex(digest).slice(0, idDigits), address, model, dimensions, datasetId };
}
