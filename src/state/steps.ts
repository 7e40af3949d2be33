import { commit, initialView, readView, type View, viewStore } from '@/state/view';

export type Step = View['steps'][number];
export type StepWords = Pick<Step, 'title' | 'sentence'>;

/** What belongs to the dataset or to the report, not to one picture. */
const notShown: ReadonlySet<string> = new Set<keyof View>([
  'datasetId',
  'steps',
  'savedSelections',
  'judgements',
  'cutoffs',
  'clusterNames',
  'reportTitle',
  'reportTexts',
]);

/** The part of a view that makes a picture, as far as it differs from a fresh page. */
function pictureOf(view: View): Step['view'] {
  return Object.fromEntries(
    Object.entries(view).filter(
      ([key, value]) =>
        !notShown.has(key) && JSON.stringify(value) !== JSON.stringify(initialView[key as keyof View]),
    ),
  );
}

/** A view that shows a step's picture and keeps everything else; null where the step was kept by a page that knew other values. */
export function viewOfStep(current: View, picture: Step['view']): View | null {
  const fresh = Object.fromEntries(Object.entries(initialView).filter(([key]) => !notShown.has(key)));
  const known = Object.fromEntries(Object.entries(picture).filter(([key]) => !notShown.has(key)));
  return readView({ ...current, ...fresh, ...known });
}

/** The steps of a dataset, in their order. */
export function stepsOf(all: readonly Step[], datasetId: string | null): Step[] {
  return all.filter((step) => step.datasetId === datasetId);
}

/** Keeps what is on the screen as the last step; can be undone. */
export function addStep(words: StepWords): void {
  const { view } = viewStore.getState();
  if (view.datasetId === null) return;
  const taken = new Set(view.steps.map(({ id }) => id));
  let number = view.steps.length + 1;
  while (taken.has(String(number))) number++;
  const step = { id: String(number), datasetId: view.datasetId, ...words, view: pictureOf(view) };
  commit({ steps: [...view.steps, step] }, 'Add step');
}

/** Gives a step other words; can be undone. */
export function wordStep(id: string, words: StepWords): void {
  changeStep(id, (step) => ({ ...step, ...words }), 'Edit step');
}

/** Lets a step show what is on the screen now; can be undone. */
export function retakeStep(id: string): void {
  const picture = pictureOf(viewStore.getState().view);
  changeStep(id, (step) => ({ ...step, view: picture }), 'Change what a step shows');
}

/** Takes a step out; can be undone. */
export function removeStep(id: string): void {
  const { steps } = viewStore.getState().view;
  commit({ steps: steps.filter((step) => step.id !== id) }, 'Delete step');
}

/** Puts a step one place earlier (−1) or later (1) among those of its dataset; can be undone. */
export function moveStep(id: string, by: -1 | 1): void {
  const { steps, datasetId } = viewStore.getState().view;
  const own = stepsOf(steps, datasetId);
  const from = own.findIndex((step) => step.id === id);
  const other = own[from + by];
  const moved = own[from];
  if (moved === undefined || other === undefined) return;
  const swapped = steps.map((step) => (step === moved ? other : step === other ? moved : step));
  commit({ steps: swapped }, 'Move step');
}

function changeStep(id: string, change: (step: Step) => Step, label: string): void {
  const { steps } = viewStore.getState().view;
  commit({ steps: steps.map((step) => (step.id === id ? change(step) : step)) }, label);
}
