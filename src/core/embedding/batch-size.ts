import type { BatchLimits } from './send-queue';

/** Where the size of batches begins, and how far it may grow. */
export interface BatchRange {
  readonly start: BatchLimits;
  readonly most: BatchLimits;
  /** What one more is added by where all of it was used and answered. */
  readonly step: BatchLimits;
}

/** Where nothing is known of a server: small at first, and never more than most servers take. */
export const remoteBatches: BatchRange = {
  start: { maxTexts: 32, maxBytes: 1_000_000 },
  most: { maxTexts: 512, maxBytes: 2_000_000 },
  step: { maxTexts: 16, maxBytes: 250_000 },
};

interface SizeRange {
  readonly start: number;
  readonly floor: number;
  readonly ceiling: number;
  readonly step: number;
}

const fewestBytes = 10_000;
/** A smaller request than this is not refused for its bytes, so its number of texts is held to be the reason. */
const blamedBytes = 100_000;

/**
 * A size that grows by a step where it was used to the full and served, and halves on trouble (additive increase,
 * multiplicative decrease). A size known to be refused is a wall: growth then halves the way towards it.
 */
class AdaptiveSize {
  readonly #range: SizeRange;
  #value: number;
  #served = 0;
  #refused = Number.POSITIVE_INFINITY;

  constructor(range: SizeRange) {
    this.#range = range;
    this.#value = Math.min(range.start, range.ceiling);
  }

  get value(): number {
    return this.#value;
  }

  noteServed(used: number, isFull: boolean): void {
    if (used >= this.#refused) this.#refused = Number.POSITIVE_INFINITY;
    this.#served = Math.max(this.#served, used);
    if (!isFull) return;
    const { step } = this.#range;
    const midway = Math.floor((Math.max(this.#served, this.#value) + this.#refused) / 2);
    this.#set(Math.max(this.#value, Math.min(this.#value + step, midway)));
  }

  noteTrouble(used: number): void {
    this.#set(Math.floor(Math.min(used, this.#value) / 2));
  }

  noteRefused(used: number): void {
    this.#refused = Math.min(this.#refused, Math.max(used, this.#range.floor + 1));
    this.#served = Math.min(this.#served, this.#refused - 1);
    this.#set(Math.min(this.#value, Math.max(this.#served, Math.floor(this.#refused / 2))));
  }

  #set(value: number): void {
    const { floor, ceiling } = this.#range;
    this.#value = Math.max(floor, Math.min(value, ceiling, this.#refused - 1));
  }
}

/** How much one request of a run holds at the moment, by texts and by bytes, learnt from what the server answers. */
export class BatchSize {
  readonly #texts: AdaptiveSize;
  readonly #bytes: AdaptiveSize;

  constructor({ start, most, step }: BatchRange) {
    this.#texts = new AdaptiveSize({
      start: start.maxTexts,
      floor: 1,
      ceiling: most.maxTexts,
      step: step.maxTexts,
    });
    this.#bytes = new AdaptiveSize({
      start: start.maxBytes,
      floor: Math.min(fewestBytes, start.maxBytes),
      ceiling: most.maxBytes,
      step: step.maxBytes,
    });
  }

  get limits(): BatchLimits {
    return { maxTexts: this.#texts.value, maxBytes: this.#bytes.value };
  }

  /** A request was answered. It grows what filled the batch; a batch that ended for another reason teaches nothing. */
  noteServed(texts: number, bytes: number): void {
    this.#texts.noteServed(texts, texts >= this.#texts.value);
    this.#bytes.noteServed(bytes, bytes >= 0.8 * this.#bytes.value);
  }

  /** A request was refused or failed; whether its size was the reason is not known yet. */
  noteTrouble(texts: number, bytes: number): void {
    if (bytes >= blamedBytes) this.#bytes.noteTrouble(bytes);
    else this.#texts.noteTrouble(texts);
  }

  /** A request was refused although each of its texts was served in a smaller one: it was too large. */
  noteTooLarge(texts: number, bytes: number): void {
    if (bytes >= blamedBytes) this.#bytes.noteRefused(bytes);
    else this.#texts.noteRefused(texts);
  }
}
