import { ActionIcon, Tooltip } from '@mantine/core';
import { Play, RotateCw, Trash2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import { cancelRun, removeRun, resumeRun, retryFailed } from '@/queries/run-engine';
import { commit } from '@/state/view';
import { describeLeft, describeRun, nameRun, pendingRows, stateTone, stateWords } from './describe-run';
import { RunFailures } from './run-failures';
import { RunProblemNotice } from './run-problem-notice';
import classes from './run-row.module.css';
import { SettledBar } from './settled-bar';
import { usePace } from './use-pace';

interface Props {
  run: RunRecord;
  dataset: Dataset;
  isActive: boolean;
}

/** One run of the list. */
export function RunRow({ run, dataset, isActive }: Props) {
  const { pace, nowMs } = usePace(run);
  const name = runName(run.spec);
  const left = describeLeft(run);
  const isUnderWay = run.status === 'running' || run.status === 'waiting';
  return (
    <li className={classes.row} aria-label={nameRun(run, name)} data-active={isActive || undefined}>
      <div className={classes.mark}>
        <ModelMark slot={run.slot} hollow={run.doneCount === 0} size={14} />
      </div>
      <div className={classes.body}>
        <div className={classes.head}>
          {run.doneCount > 0 ? (
            <button
              type="button"
              className={classes.name}
              aria-pressed={isActive}
              title={`${run.spec.model}: show on the map`}
              onClick={() => commit({ activeRun: run.id })}
            >
              {name}
            </button>
          ) : (
            <span className={classes.name} title={run.spec.model}>
              {name}
            </span>
          )}
          <span className={classes.state} data-tone={stateTone(run)}>
            {stateWords(run)}
          </span>
          <RunActions run={run} dataset={dataset} />
        </div>
        {isUnderWay && <SettledBar run={run} label={`Progress of ${name}`} />}
        <p className={classes.line}>{describeRun(run, pace, nowMs).map(unbroken).join(' · ')}</p>
        {left !== null && <p className={classes.left}>{left}</p>}
        {run.notes.length > 0 && (
          <details className={classes.fold}>
            <summary>{run.notes.length === 1 ? '1 note' : `${run.notes.length} notes`}</summary>
            <div className={classes.folded}>
              {run.notes.map((note) => (
                <span key={note}>{note}</span>
              ))}
            </div>
          </details>
        )}
        {run.failures.length > 0 && <RunFailures run={run} texts={dataset.texts} />}
        {run.problem !== null && <RunProblemNotice run={run} problem={run.problem} />}
      </div>
    </li>
  );
}

/** Lines break between parts, not inside one. */
function unbroken(part: string): string {
  return part.replaceAll(' ', '\u00a0');
}

function RunActions({ run, dataset }: { run: RunRecord; dataset: Dataset }) {
  const isUnderWay = run.status === 'running' || run.status === 'waiting';
  return (
    <div className={classes.actions}>
      {!isUnderWay && run.failures.length > 0 && (
        <Action name="Retry failed" onPress={() => void retryFailed(dataset, run)}>
          <RotateCw size={14} strokeWidth={1.5} />
        </Action>
      )}
      {!isUnderWay && pendingRows(run) > 0 && (
        <Action name="Resume" onPress={() => void resumeRun(dataset, run)}>
          <Play size={14} strokeWidth={1.5} />
        </Action>
      )}
      {isUnderWay ? (
        <Action name="Cancel" onPress={() => cancelRun(run.id)}>
          <X size={14} strokeWidth={1.5} />
        </Action>
      ) : (
        <Action name="Remove" onPress={() => void removeRun(run)}>
          <Trash2 size={14} strokeWidth={1.5} />
        </Action>
      )}
    </div>
  );
}

function Action({ name, onPress, children }: { name: string; onPress(): void; children: ReactNode }) {
  return (
    <Tooltip label={name}>
      <ActionIcon size={24} aria-label={name} onClick={onPress}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
