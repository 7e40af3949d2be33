/** What a request that ended says about the limit: it was let in, it was one too many, or neither. */
export type PassEnd = 'served' | 'crowded' | 'neither';

/** Leave for one request. It has to be given back once, whatever became of the request; later calls do nothing. */
export interface SendPass {
  release(end: PassEnd): void;
}

/** The place of one run in the line of its origin. */
export interface SendLane {
  /** Waits for this run's turn. Rejects with AbortError when the signal aborts first. */
  acquire(signal: AbortSignal): Promise<SendPass>;
  /** Leaves the line; whoever waits in it is sent away with AbortError. Passes in use stay valid. */
  close(): void;
}

interface Waiter {
  grant(pass: SendPass): void;
  refuse(): void;
}

interface Lane {
  readonly cost: number | null;
  readonly waiting: Waiter[];
  units: number;
  lastTurn: number;
}

const requestsWhereUnknown = 2;
/** More connections at once than this bring nothing, whatever a plan allows. */
const mostRequests = 16;
const rounding = 1e-9;

/** Requests of one model that go at once where nothing else is sent; null is what is not known. */
export function requestsAtOnce(units: number | null, cost: number | null): number {
  if (units === null || cost === null) return Math.min(units ?? requestsWhereUnknown, requestsWhereUnknown);
  return Math.max(1, Math.min(mostRequests, Math.floor(units / cost)));
}

function cancelled(): DOMException {
  return new DOMException('The wait for a turn was cancelled.', 'AbortError');
}

/**
 * How many requests one origin gets at once, over all runs that share this object. The account's units are divided by
 * what a request of each run costs; where either is unknown, two requests go at once. A request that is turned away as
 * one too many halves what is used; answers bring it back step by step, since other tools of the person share the units.
 * The run with the fewest units in use is served next, and among equals the one that has waited longest.
 */
export class SendLimit {
  readonly #lanes = new Set<Lane>();
  #units: number | null;
  #allowed: number;
  #used = 0;
  #requests = 0;
  #turn = 0;
  #cuts = 0;

  /** `units` is what the plan allows at once, or null where it is unknown. */
  constructor(units: number | null = null) {
    this.#units = units;
    this.#allowed = this.#capacity;
  }

  /** Requests under way. */
  get inFlight(): number {
    return this.#requests;
  }

  /** Units that may be in use at the moment. */
  get allowed(): number {
    return this.#allowed;
  }

  /** Takes in what the plan says, now or again. */
  setUnits(units: number | null): void {
    const wasCut = this.#allowed < this.#capacity;
    this.#units = units;
    this.#allowed = wasCut ? Math.min(this.#allowed, this.#capacity) : this.#capacity;
    this.#serve();
  }

  /** `cost` is the units one request of the run takes, or null where it is unknown. */
  openLane(cost: number | null = null): SendLane {
    const lane: Lane = { cost, waiting: [], units: 0, lastTurn: 0 };
    this.#lanes.add(lane);
    return {
      acquire: (signal) => this.#acquire(lane, signal),
      close: () => {
        this.#lanes.delete(lane);
        for (const waiter of lane.waiting.splice(0)) waiter.refuse();
        this.#serve();
      },
    };
  }

  get #capacity(): number {
    return Math.max(1, this.#units ?? requestsWhereUnknown);
  }

  #costOf(lane: Lane): number {
    if (this.#units === null) return 1;
    return Math.max(1, lane.cost ?? this.#units / requestsWhereUnknown);
  }

  #acquire(lane: Lane, signal: AbortSignal): Promise<SendPass> {
    return new Promise((resolve, reject) => {
      if (signal.aborted || !this.#lanes.has(lane)) {
        reject(cancelled());
        return;
      }
      const leave = () => {
        lane.waiting.splice(lane.waiting.indexOf(waiter), 1);
        reject(cancelled());
        this.#serve();
      };
      const waiter: Waiter = {
        grant: (pass) => {
          signal.removeEventListener('abort', leave);
          resolve(pass);
        },
        refuse: () => {
          signal.removeEventListener('abort', leave);
          reject(cancelled());
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      lane.waiting.push(waiter);
      this.#serve();
    });
  }

  #nextLane(): Lane | null {
    let next: Lane | null = null;
    for (const lane of this.#lanes) {
      if (lane.waiting.length === 0) continue;
      const isAhead =
        next === null ||
        lane.units < next.units ||
        (lane.units === next.units && lane.lastTurn < next.lastTurn);
      if (isAhead) next = lane;
    }
    return next;
  }

  #serve(): void {
    for (;;) {
      const lane = this.#nextLane();
      if (lane === null) return;
      const cost = this.#costOf(lane);
      // A request that alone costs more than there is goes when nothing else is under way: the server decides.
      const fits = this.#requests === 0 || this.#used + cost <= this.#allowed + rounding;
      // Cheaper requests do not overtake, or an expensive model would never get its turn.
      if (!fits || this.#requests >= mostRequests) return;
      lane.waiting.shift()?.grant(this.#makePass(lane, cost));
    }
  }

  #makePass(lane: Lane, cost: number): SendPass {
    const cutsBefore = this.#cuts;
    let isHeld = true;
    this.#requests++;
    this.#used += cost;
    lane.units += cost;
    lane.lastTurn = ++this.#turn;
    return {
      release: (end) => {
        if (!isHeld) return;
        isHeld = false;
        // Requests that were sent together are turned away together; that counts once.
        if (end === 'crowded' && cutsBefore === this.#cuts) {
          this.#allowed = Math.max(1, Math.min(this.#allowed, this.#used) / 2);
          this.#cuts++;
        }
        if (end === 'served') this.#allowed = Math.min(this.#capacity, this.#allowed + cost / this.#allowed);
        this.#requests--;
        this.#used -= cost;
        lane.units -= cost;
        this.#serve();
      },
    };
  }
}
