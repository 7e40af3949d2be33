import { ActionIcon, Tooltip } from '@mantine/core';
import { ArrowUpDown, Pin, X } from 'lucide-react';
import { useMemo } from 'react';
import { compareTexts, type TextPart } from '@/core/dataset/compare-texts';
import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import { isSettled } from '@/queries/neighbours';
import { useRuns } from '@/queries/use-workspace';
import { clearLastPin, clearPins, swapPins } from '@/state/pins';
import classes from './pair.module.css';
import { PairSimilarities } from './pair-similarities';

interface Props {
  dataset: Dataset;
  a: number;
  b: number;
}

/** Two rows against each other: what differs in their texts and fields, and how alike each run finds them. */
export function PairDetails({ dataset, a, b }: Props) {
  const runs = useRuns().filter(isSettled);
  const [textA, textB] = [textAt(dataset.texts, a), textAt(dataset.texts, b)];
  const parts = useMemo(() => compareTexts(textA, textB), [textA, textB]);
  const isSame = textA === textB;
  return (
    <div className={classes.pair}>
      <div className={classes.head}>
        <h2 className={classes.heading}>
          <Pin size={14} strokeWidth={1.5} className={classes.pin} aria-hidden="true" />
          Row {a} <span className={classes.state}>pinned</span>
        </h2>
        <Tooltip label="Unpin both">
          <ActionIcon aria-label="Unpin" onClick={clearPins}>
            <X size={16} strokeWidth={1.5} />
          </ActionIcon>
        </Tooltip>
      </div>
      <MarkedText parts={parts?.a ?? null} text={textA} tone="first" />
      <div className={classes.head}>
        <h2 className={classes.heading}>
          Row {b} <span className={classes.state}>pinned as second</span>
        </h2>
        <Tooltip label="Swap the two rows">
          <ActionIcon aria-label="Swap the two rows" onClick={swapPins}>
            <ArrowUpDown size={16} strokeWidth={1.5} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Unpin the second row (Esc)">
          <ActionIcon aria-label="Unpin the second row" onClick={() => clearLastPin()}>
            <X size={16} strokeWidth={1.5} />
          </ActionIcon>
        </Tooltip>
      </div>
      <MarkedText parts={parts?.b ?? null} text={textB} tone="second" />
      <p className={classes.note}>
        {isSame && 'The two texts are the same, letter by letter.'}
        {!isSame && parts === null && 'The two texts are too long or too different to mark what differs.'}
        {!isSame && parts !== null && 'Marked: words the other text has not.'}
      </p>
      {runs.length > 0 && <PairSimilarities runs={runs} a={a} b={b} />}
      {dataset.columns.length > 0 && (
        <table className={classes.fields} aria-label="Fields of the two rows">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Row {a}</th>
              <th scope="col">Row {b}</th>
            </tr>
          </thead>
          <tbody>
            {dataset.columns.map(({ name, cells }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <Field value={textAt(cells, a)} />
                <Field value={textAt(cells, b)} isOther={textAt(cells, a) !== textAt(cells, b)} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Field({ value, isOther = false }: { value: string; isOther?: boolean }) {
  return (
    <td dir="auto" data-other={isOther || undefined}>
      {value || <span className={classes.absent}>not given</span>}
    </td>
  );
}

interface MarkedProps {
  /** Null where nothing is marked. */
  parts: readonly TextPart[] | null;
  text: string;
  tone: 'first' | 'second';
}

function MarkedText({ parts, text, tone }: MarkedProps) {
  return (
    <p className={classes.text} dir="auto">
      {parts === null
        ? text
        : parts.map(({ text: part, isShared }, i) =>
            isShared ? (
              part
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
              <mark key={i} className={classes.mark} data-tone={tone}>
                {part}
              </mark>
            ),
          )}
    </p>
  );
}
