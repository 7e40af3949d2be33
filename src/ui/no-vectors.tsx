import { Loader } from '@mantine/core';
import type { RunRecord } from '@/core/embedding/run';
import { Message } from './message';
import classes from './no-vectors.module.css';
import { useModelsPlace } from './use-models-place';

interface Props {
  runs: readonly RunRecord[];
  /** What would stand here: "map", "matrix". */
  picture: string;
}

/** What stands in place of a picture while no run has vectors, and why. */
export function NoVectors({ runs, picture }: Props) {
  const place = useModelsPlace();
  if (runs.some(({ status }) => status === 'running' || status === 'waiting')) {
    return (
      <Message title="Embedding the texts">
        <span className={classes.busy}>
          <Loader size={12} aria-hidden="true" /> The {picture} is drawn as soon as a run has its vectors.
        </span>
      </Message>
    );
  }
  const failed = runs.find(({ failures }) => failures.length > 0);
  const reason =
    runs.find(({ problem }) => problem !== null)?.problem?.message ?? failed?.failures[0]?.reason;
  return reason === undefined ? (
    <Message title="No vectors yet">
      Choose a model {place} and embed these texts, and the {picture} is drawn here.
    </Message>
  ) : (
    <Message title="None of these texts has a vector.">
      {reason} Choose another model {place}, or change the texts.
    </Message>
  );
}
