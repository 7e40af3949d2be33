/** Asks one question at a time: what is wanted meanwhile waits, and of those that wait only the latest is asked. */
export interface LatestAnswer<Question> {
  want(question: Question): void;
  /** Nothing is asked or told any more. */
  stop(): void;
}

/**
 * Every question that is asked waits for `turn` (an animation frame, say) first; by then a later one may have taken its place.
 * `tell` gets the answer, or null when asking failed, unless a later question is wanted by then and its answer would be thrown away.
 */
export function askLatest<Question, Answer>(options: {
  ask(question: Question): Promise<Answer>;
  tell(question: Question, answer: Answer | null): void;
  turn(): Promise<void>;
}): LatestAnswer<Question> {
  const { ask, tell, turn } = options;
  let waiting: { question: Question } | null = null;
  let isBusy = false;
  let isStopped = false;
  const work = async (): Promise<void> => {
    isBusy = true;
    while (waiting !== null && !isStopped) {
      await turn();
      const { question }: { question: Question } = waiting;
      waiting = null;
      const answer = await ask(question).catch(() => null);
      if (!isStopped && waiting === null) tell(question, answer);
    }
    isBusy = false;
  };
  return {
    want(question) {
      waiting = { question };
      if (!isBusy && !isStopped) void work();
    },
    stop() {
      isStopped = true;
    },
  };
}

/** Resolves at the next animation frame. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
