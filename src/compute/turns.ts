interface Waiting {
  readonly id: number;
  readonly urgency: number;
  readonly place: number;
  resolve(): void;
}

/**
 * Gives jobs that run interleaved their turns: between two turns waiting messages are let in, and of those that wait the most urgent
 * goes first; of equal ones that of the lowest place, and those of one place take turns.
 */
export class Turns {
  readonly #channel = new MessageChannel();
  readonly #waiting: Waiting[] = [];

  constructor() {
    this.#channel.port1.onmessage = () => this.#takeMostUrgent()?.resolve();
  }

  /** Settles when it is this job's turn. */
  next(id: number, urgency: number, place = 0): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ id, urgency, place, resolve });
      this.#channel.port2.postMessage(null);
    });
  }

  /** Gives a job its turn at once, whatever else waits: it is to end. */
  hasten(id: number): void {
    const at = this.#waiting.findIndex((waiting) => waiting.id === id);
    if (at >= 0) this.#waiting.splice(at, 1)[0]!.resolve();
  }

  #takeMostUrgent(): Waiting | undefined {
    let best = 0;
    for (let at = 1; at < this.#waiting.length; at++)
      if (precedes(this.#waiting[at]!, this.#waiting[best]!)) best = at;
    return this.#waiting.splice(best, 1)[0];
  }
}

function precedes(a: Waiting, b: Waiting): boolean {
  return a.urgency < b.urgency || (a.urgency === b.urgency && a.place < b.place);
}
