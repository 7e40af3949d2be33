import { useQuery } from '@tanstack/react-query';
import { ChevronRight, Scale, TriangleAlert } from 'lucide-react';
import { memo, useId, useState } from 'react';
import { rowsSource } from '@/core/comparison/compose-answer';
import { cameAsUnit, judgeInput, type RunInput } from '@/core/comparison/judge-input';
import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import { ModelMark } from '@/gl/model-mark';
import type { Comparison } from '@/queries/comparison';
import { fairInputQuery } from '@/queries/fair-input';
import { Failure } from './failure';
import classes from './fair-input.module.css';

interface Props {
  dataset: Dataset;
  comparison: Comparison;
}

/** Whether the compared runs were given the same to read: a line that says why not, and what each of them got. */
export const FairInput = memo(function FairInput({ dataset, comparison }: Props) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { data, error, isFetching, refetch } = useQuery(fairInputQuery(dataset, comparison));
  if (error !== null && !isFetching) {
    return (
      <div className={classes.region}>
        <Failure
          what="What the runs were given to read could not be looked up."
          onRetry={() => void refetch()}
        >
          {error.message} The numbers stand.
        </Failure>
      </div>
    );
  }
  if (data === undefined) {
    return (
      <div className={classes.region} aria-busy="true">
        <p className={classes.strip}>Looking up what the runs were given to read.</p>
      </div>
    );
  }
  const { unfair, unknown } = judgeInput(data);
  const isFair = unfair.length === 0;
  const Icon = isFair ? Scale : TriangleAlert;
  return (
    <div className={classes.region} data-fair={isFair}>
      <button
        type="button"
        id={rowsSource}
        className={classes.strip}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronRight size={14} strokeWidth={1.5} className={classes.chevron} />
        <Icon size={14} strokeWidth={1.5} className={classes.icon} />
        <span className={classes.words}>
          <strong>{isFair ? 'Fair input.' : 'Input not fair.'}</strong>{' '}
          {isFair ? describeFair(comparison, unknown.length) : unfair.join(' ')}
        </span>
      </button>
      {isOpen && (
        <div id={id} className={classes.details}>
          {[...(isFair ? [] : unfair), ...unknown].map((sentence) => (
            <p key={sentence} className={classes.sentence}>
              {sentence}
            </p>
          ))}
          <p className={classes.sentence}>
            Compared over {countOf(comparison.rows.length, 'row')} of {dataset.rowCount.toLocaleString('en')}:{' '}
            {comparison.withoutVector.toLocaleString('en')} without a vector in every run,{' '}
            {countOf(comparison.duplicateTexts, 'repeated text')} left out. All vectors were brought to length
            1.
          </p>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">Run</th>
                <th scope="col">Read as</th>
                <th scope="col">Prefix</th>
                <th scope="col" className={classes.number}>
                  No vector
                </th>
                <th scope="col" className={classes.number}>
                  Cut
                </th>
                <th scope="col" className={classes.number}>
                  Longest / reads
                </th>
                <th scope="col" className={classes.number}>
                  Beyond
                </th>
                <th scope="col" className={classes.number}>
                  Lengths of vectors
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((input, i) => (
                <InputRow key={comparison.runs[i]!.id} input={input} slot={comparison.runs[i]!.slot} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
});

function describeFair({ rows }: Comparison, unknowns: number): string {
  const known = `All read the same ${countOf(rows.length, 'row')}, whole and on the same side.`;
  return unknowns === 0 ? known : `${known} ${countOf(unknowns, 'point')} cannot be known here.`;
}

function InputRow({ input, slot }: { input: RunInput; slot: number }) {
  const { name, provider, texts, prefix, missing, cut, windowTokens, overWindow, longestTokens, norms } =
    input;
  const isSent = provider !== 'baseline' && provider !== 'imported';
  const format = (value: number) => value.toLocaleString('en');
  return (
    <tr>
      <th scope="row">
        <span className={classes.run}>
          <ModelMark slot={slot} size={10} />
          <span className={classes.name} title={name}>
            {name}
          </span>
        </span>
      </th>
      <td>{isSent ? texts.side : provider}</td>
      <td dir="auto">{!isSent ? '–' : prefix === '' ? 'none' : `“${prefix.trim()}”`}</td>
      <td className={classes.number}>{format(missing)}</td>
      <td className={classes.number}>{isSent ? format(cut) : '–'}</td>
      <td className={classes.number}>
        {isSent
          ? `${format(longestTokens)} / ${windowTokens === null ? 'not known' : format(windowTokens)}`
          : '–'}
      </td>
      <td className={classes.number}>{overWindow === null || !isSent ? '–' : format(overWindow)}</td>
      <td className={classes.number}>
        {norms === null
          ? '–'
          : cameAsUnit(norms)
            ? '1'
            : `${norms.least.toPrecision(3)} to ${norms.most.toPrecision(3)}`}
      </td>
    </tr>
  );
}
