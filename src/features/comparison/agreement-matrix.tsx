import { Tooltip, useComputedColorScheme } from '@mantine/core';
import { useId } from 'react';
import { useStore } from 'zustand';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import { paletteColour, paletteGradient, readableOn, sequentialPalette } from '@/gl/palettes';
import type { Comparison } from '@/queries/comparison';
import { isSettled } from '@/queries/neighbours';
import { commit, viewStore } from '@/state/view';
import { OptionMenu } from '@/ui/option-menu';
import classes from './agreement-matrix.module.css';
import {
  type AgreementMeasure,
  agreementWords,
  describeChance,
  formatAgreement,
  listEstimate,
} from './agreement-measures';
import { pairKey } from './pair-key';
import type { Agreements } from './use-agreements';

const measures = ['overlap', 'corrected', 'jaccard', 'rbo'] as const satisfies AgreementMeasure[];

interface Props {
  comparison: Comparison;
  agreements: Agreements;
  pair: readonly [RunRecord, RunRecord] | null;
}

/** Run × run: how far any two agree. A cell opens its pair below. */
export function AgreementMatrix({ comparison, agreements, pair }: Props) {
  const heading = useId();
  const measure = useStore(viewStore, ({ view }) => view.agreement);
  const { runs } = comparison;
  const first = agreements.ofPair.values().next().value;
  const k = first?.k ?? 0;
  return (
    <section aria-labelledby={heading} className={classes.panel}>
      <div className={classes.head}>
        <h3 id={heading} className={classes.title}>
          Agreement{' '}
          <span className={classes.note}>{measure === 'overlap' && k > 0 ? `of ${k} neighbours` : ''}</span>
        </h3>
        <OptionMenu
          label="Measure"
          value={measure}
          options={measures.map((value) => ({ value, label: agreementWords[value].name }))}
          onChange={(value) => commit({ agreement: value }, 'Change measure of agreement')}
        />
      </div>
      <div className={classes.scroller}>
        <table className={classes.table} aria-labelledby={heading}>
          <thead>
            <tr>
              <td />
              {runs.map((run) => (
                <th key={run.id} scope="col" title={runName(run.spec)}>
                  <ModelMark slot={run.slot} />
                  <span className="unseen">{runName(run.spec)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {runs.map((row) => (
              <tr key={row.id}>
                <th scope="row" title={runName(row.spec)}>
                  <ModelMark slot={row.slot} />
                  <span className="unseen">{runName(row.spec)}</span>
                </th>
                {runs.map((column) => (
                  <Cell
                    key={column.id}
                    row={row}
                    column={column}
                    measure={measure}
                    agreements={agreements}
                    isOpen={pair?.includes(row) === true && pair.includes(column)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Scale measure={measure} k={k} chance={first === undefined ? '' : describeChance(measure, first)} />
    </section>
  );
}

interface CellProps {
  row: RunRecord;
  column: RunRecord;
  measure: AgreementMeasure;
  agreements: Agreements;
  isOpen: boolean;
}

function Cell({ row, column, measure, agreements, isOpen }: CellProps) {
  const isDark = useComputedColorScheme('light') === 'dark';
  if (row === column) return <td className={classes.same}>–</td>;
  const agreement = agreements.ofPair.get(pairKey(row, column));
  const estimate = agreement === undefined ? null : listEstimate(agreement, measure);
  const names = `${runName(row.spec)} and ${runName(column.spec)}`;
  if (agreement === undefined || estimate === null || estimate.value === null) {
    const why = agreement === undefined ? 'being compared' : 'cannot be compared';
    return (
      <td className={classes.empty} title={`${names}: ${why}`}>
        <span className="unseen">{why}</span>
      </td>
    );
  }
  const { value, low, high } = estimate;
  const shown = formatAgreement(value, measure, agreement.k);
  const interval =
    low === null || high === null
      ? ''
      : ` (${formatAgreement(low, measure, agreement.k)} to ${formatAgreement(high, measure, agreement.k)})`;
  const of = measure === 'overlap' ? ` of ${agreement.k}` : '';
  const ground = paletteColour(sequentialPalette(isDark), value);
  const canOpen = isSettled(row) && isSettled(column);
  return (
    <td className={classes.cell}>
      <Tooltip
        label={`${names}: ${shown}${of}${interval}${canOpen ? '' : '. Maps and rows come when both are done.'}`}
      >
        <button
          type="button"
          id={`agreement ${pairKey(row, column)}`}
          className={classes.button}
          data-a={row.id}
          data-b={column.id}
          data-value={value}
          aria-pressed={isOpen}
          aria-label={`${names}: ${shown}${of}`}
          style={{ background: `rgb(${ground.join(' ')})`, color: readableOn(ground) }}
          onClick={() => {
            if (canOpen) commit({ compared: [row.id, column.id] }, 'Change comparison');
          }}
        >
          {shown}
        </button>
      </Tooltip>
    </td>
  );
}

/** The fixed scale of the colours, and where chance stands on it. */
function Scale({ measure, k, chance }: { measure: AgreementMeasure; k: number; chance: string }) {
  const isDark = useComputedColorScheme('light') === 'dark';
  return (
    <p className={classes.scale}>
      0
      <span
        className={classes.gradient}
        style={{ background: paletteGradient(sequentialPalette(isDark)) }}
        aria-hidden="true"
      />
      {measure === 'overlap' ? k : 1}
      <Tooltip label={agreementWords[measure].definition} multiline w={244}>
        <button
          type="button"
          className={classes.chance}
          aria-label={`Definition: ${agreementWords[measure].definition}`}
        >
          {chance}
        </button>
      </Tooltip>
    </p>
  );
}
