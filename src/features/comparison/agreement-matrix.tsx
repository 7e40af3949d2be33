import { Tooltip, useComputedColorScheme } from '@mantine/core';
import { memo, useId } from 'react';
import { useStore } from 'zustand';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import type { Estimate } from '@/core/evaluation/bootstrap';
import { describeCoverage } from '@/core/evaluation/describe-coverage';
import { ModelMark } from '@/gl/model-mark';
import { paletteColour, paletteGradient, readableOn, sequentialPalette } from '@/gl/palettes';
import type { Comparison } from '@/queries/comparison';
import { isSettled } from '@/queries/neighbours';
import { commit, viewStore } from '@/state/view';
import { OptionMenu } from '@/ui/option-menu';
import { fileNameFor } from '@/ui/save-file';
import classes from './agreement-matrix.module.css';
import {
  type AgreementMeasure,
  agreementWords,
  allMeasures,
  describeChance,
  formatAgreement,
  listEstimate,
  listMeasures,
} from './agreement-measures';
import { CsvButton } from './csv-button';
import { Failure } from './failure';
import { pairKey } from './pair-key';
import { agreementCsv } from './scores-csv';
import { type Agreements, useSpaceAgreements } from './use-agreements';

interface Props {
  comparison: Comparison;
  /** The compared runs, in the order of the scoreboard. */
  order: readonly RunRecord[];
  agreements: Agreements;
  pair: readonly [RunRecord, RunRecord] | null;
  datasetName: string;
}

/** Run × run: how far any two agree. A cell opens its pair below. */
export const AgreementMatrix = memo(function AgreementMatrix({
  comparison,
  order: runs,
  agreements,
  pair,
  datasetName,
}: Props) {
  const heading = useId();
  const measure = useStore(viewStore, ({ view }) => view.agreement);
  const spaceMeasure = measure === 'rsa' || measure === 'cka' || measure === 'procrustes' ? measure : null;
  const spaces = useSpaceAgreements(comparison, spaceMeasure);
  const estimateOf = (key: string): Estimate | undefined => {
    if (spaceMeasure !== null) return spaces.ofPair.get(key);
    const agreement = agreements.ofPair.get(key);
    return agreement === undefined ? undefined : listEstimate(agreement, measure);
  };
  const write = () => {
    const columns = [...listMeasures, ...(spaceMeasure === null ? [] : [spaceMeasure])];
    return agreementCsv(comparison.runs, columns, (key, column) => {
      const agreement = agreements.ofPair.get(key);
      if (column === spaceMeasure) return spaces.ofPair.get(key);
      return agreement === undefined ? undefined : listEstimate(agreement, column as AgreementMeasure);
    });
  };
  const first = agreements.ofPair.values().next().value;
  const wanted = useStore(viewStore, ({ view }) => view.comparisonK);
  const k = first?.k ?? wanted;
  return (
    <section aria-labelledby={heading} className={classes.panel}>
      <div className={classes.head}>
        <h3 id={heading} className={classes.title}>
          Agreement{' '}
          <span className={classes.note}>
            {measure === 'overlap' && k > 0 && (
              <>
                of {k}
                <span className={classes.longer}> neighbours</span>
              </>
            )}
            {k < wanted && ` (${wanted} asked for, ${k} allowed by the rows)`}
          </span>
        </h3>
        <CsvButton
          name="Agreement (CSV)"
          fileName={fileNameFor(datasetName, null, 'agreement.csv')}
          write={write}
        />
        <OptionMenu
          label="Measure"
          value={measure}
          options={allMeasures.map((value) => ({ value, label: agreementWords[value].name }))}
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
                  <span className={classes.run}>
                    <ModelMark slot={row.slot} />
                    <span className={classes.name}>{runName(row.spec)}</span>
                  </span>
                </th>
                {runs.map((column) => (
                  <Cell
                    key={column.id}
                    row={row}
                    column={column}
                    measure={measure}
                    k={k}
                    estimate={estimateOf(pairKey(row, column))}
                    isOpen={pair?.includes(row) === true && pair.includes(column)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {spaceMeasure === null && k === 0 ? (
        <p className={classes.remark}>Neighbours cannot be compared: three rows are the fewest.</p>
      ) : (
        <Scale measure={measure} k={k} chance={first === undefined ? '' : describeChance(measure, first)} />
      )}
      {spaces.sampledRows !== null && (
        <p className={classes.remark}>
          Measured on {spaces.sampledRows.toLocaleString('en')} rows drawn by chance: rows and dimensions are
          too many for all.
        </p>
      )}
      {spaces.error !== null && (
        <Failure what="Some pairs could not be measured." onRetry={spaces.retry}>
          {spaces.error.message} The vectors are kept.
        </Failure>
      )}
    </section>
  );
});

interface CellProps {
  row: RunRecord;
  column: RunRecord;
  measure: AgreementMeasure;
  k: number;
  /** Undefined while it is computed. */
  estimate: Estimate | undefined;
  isOpen: boolean;
}

function Cell({ row, column, measure, k, estimate, isOpen }: CellProps) {
  const isDark = useComputedColorScheme('light') === 'dark';
  if (row === column) return <td className={classes.same}>–</td>;
  const names = `${runName(row.spec)} and ${runName(column.spec)}`;
  if (estimate === undefined || estimate.value === null) {
    const why = estimate === undefined ? 'being compared' : 'too few rows, or rows that do not vary';
    return (
      <td className={classes.empty} title={`${names}: ${why}`}>
        <span className="unseen">{why}</span>
      </td>
    );
  }
  const { value, low, high } = estimate;
  const shown = formatAgreement(value, measure, k);
  const interval =
    low === null || high === null
      ? ''
      : ` (${formatAgreement(low, measure, k)} to ${formatAgreement(high, measure, k)})`;
  const of = measure === 'overlap' ? ` of ${k}` : '';
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
  const definition = `${agreementWords[measure].definition}${describeCoverage(measure)}`;
  return (
    <p className={classes.scale}>
      0
      <span
        className={classes.gradient}
        style={{ background: paletteGradient(sequentialPalette(isDark)) }}
        aria-hidden="true"
      />
      {measure === 'overlap' ? k : 1}
      <Tooltip label={definition} multiline w={244}>
        <button type="button" className={classes.chance} aria-label={`Definition: ${definition}`}>
          {chance}
        </button>
      </Tooltip>
    </p>
  );
}
