import { ComputeError } from '@/compute/compute-error';
import { driveWork, type LaneHandlers } from '@/compute/job';
import { type BaselineModel, fitBaseline } from '@/core/embedding/baseline/fit-baseline';

const sessions = new Map<number, BaselineModel>();
let lastSession = 0;

export const baselineJobs: LaneHandlers<'baseline'> = {
  openBaseline: async ({ model, corpus }, context) => {
    const fitted = await driveWork(fitBaseline(model, corpus), context);
    const session = ++lastSession;
    sessions.set(session, fitted);
    return { session };
  },

  embedWithBaseline: ({ session, texts }, context) => {
    const model = sessions.get(session);
    if (model === undefined)
      throw new ComputeError('failed', 'The baseline is no longer loaded; run it again.');
    const found = texts.map((text) => model.embed(text));
    const positions = Uint32Array.from(
      found.flatMap((vector, position) => (vector === null ? [] : [position])),
    );
    const values = new Float32Array(positions.length * model.width);
    positions.forEach((position, i) => {
      values.set(found[position]!, i * model.width);
    });
    context.transfer(values.buffer, positions.buffer);
    return {
      width: positions.length === 0 ? 0 : model.width,
      positions,
      values,
      failures: found.flatMap((vector, position) =>
        vector === null ? [{ position, reason: model.noVectorReason }] : [],
      ),
      tokens: null,
      model: null,
      notes: model.notes,
    };
  },

  closeBaseline: ({ session }) => {
    sessions.delete(session);
    return null;
  },
};
