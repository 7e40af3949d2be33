import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import { hoverChannel } from '@/state/hover';
import { commit } from '@/state/view';
import { rankNeighbours } from './rank-lines';
import classes from './row-neighbours.module.css';

const lineHeightPx = 24;
const headHeightPx = 24;
const middlePx = 72;

/** Height of the lists of k neighbours, which the table leaves room for. */
export function neighboursHeightPx(k: number): number {
  return headHeightPx + k * lineHeightPx + 12;
}

interface Props {
  dataset: Dataset;
  a: RunRecord;
  b: RunRecord;
  /** Dataset rows, nearest first. */
  nearA: readonly number[];
  nearB: readonly number[];
}

/** A row's nearest rows in both runs, those that both have joined by lines. */
export function RowNeighbours({ dataset, a, b, nearA, nearB }: Props) {
  const ranked = rankNeighbours(nearA, nearB);
  const shared = ranked.lines.length;
  const middleOf = (place: number) => (place + 0.5) * lineHeightPx;
  return (
    <div className={classes.lists}>
      <NeighbourColumn dataset={dataset} run={a} rows={ranked.a} only={nearA.length - shared} />
      <div className={classes.middle} style={{ width: middlePx }}>
        <span className={classes.shared}>{shared} shared</span>
        <svg
          width={middlePx}
          height={Math.max(nearA.length, nearB.length) * lineHeightPx}
          className={classes.lines}
          aria-hidden="true"
        >
          {ranked.lines.map(({ row, placeA, placeB }) => (
            <path
              key={row}
              d={`M0 ${middleOf(placeA)} C ${middlePx / 2} ${middleOf(placeA)}, ${middlePx / 2} ${middleOf(placeB)}, ${middlePx} ${middleOf(placeB)}`}
            />
          ))}
        </svg>
      </div>
      <NeighbourColumn dataset={dataset} run={b} rows={ranked.b} only={nearB.length - shared} />
    </div>
  );
}

interface ColumnProps {
  dataset: Dataset;
  run: RunRecord;
  rows: readonly { readonly row: number; readonly isShared: boolean }[];
  only: number;
}

function NeighbourColumn({ dataset, run, rows, only }: ColumnProps) {
  return (
    <div className={classes.column}>
      <p className={classes.head}>
        <ModelMark slot={run.slot} size={10} /> {runName(run.spec)}
        <span className={classes.note}>{only} only here</span>
      </p>
      <ol className={classes.list} aria-label={`Nearest in ${runName(run.spec)}`}>
        {rows.map(({ row, isShared }, place) => (
          <li key={row}>
            <button
              type="button"
              className={classes.entry}
              data-row={row}
              data-shared={isShared || undefined}
              onClick={() => commit({ pinned: row })}
              onPointerEnter={() => hoverChannel.set(row)}
              onPointerLeave={() => hoverChannel.set(null)}
              onFocus={() => hoverChannel.set(row)}
              onBlur={() => hoverChannel.set(null)}
            >
              <span className={classes.rank}>{place + 1}</span>
              <span className={classes.text} dir="auto">
                {textAt(dataset.texts, row)}
              </span>
              {!isShared && <span className="unseen">, only here</span>}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
