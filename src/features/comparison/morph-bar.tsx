import { Button, Slider } from '@mantine/core';
import { Play } from 'lucide-react';
import { memo, useSyncExternalStore } from 'react';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import { OptionMenu } from '@/ui/option-menu';
import classes from './morph-bar.module.css';
import type { MorphState } from './morph-state';

interface Props {
  from: RunRecord;
  to: RunRecord;
  /** Runs that the map may morph to. */
  targets: readonly RunRecord[];
  state: MorphState;
  onTarget(id: string): void;
}

/** Lets the first map's points travel to their places on another one: by hand, or played. */
export const MorphBar = memo(function MorphBar({ from, to, targets, state, onTarget }: Props) {
  const share = useSyncExternalStore(state.share.subscribe, state.share.get);
  const [nameA, nameB] = [runName(from.spec), runName(to.spec)];
  return (
    <div className={classes.bar}>
      <span className={classes.end} title={nameA}>
        <ModelMark slot={from.slot} size={12} /> A
      </span>
      <Slider
        className={classes.slider}
        thumbLabel={`Morph from ${nameA} to ${nameB}`}
        thumbProps={{ 'aria-valuetext': `${Math.round(share * 100)} %` }}
        label={null}
        size={2}
        thumbSize={14}
        min={0}
        max={100}
        step={1}
        marks={[{ value: 50 }]}
        value={share * 100}
        onChange={(value) => {
          state.stop();
          state.share.set(value / 100);
        }}
      />
      {targets.length > 1 ? (
        <OptionMenu
          label="B"
          value={to.id}
          options={targets.map((run) => ({
            value: run.id,
            label: runName(run.spec),
            mark: <ModelMark slot={run.slot} size={12} />,
          }))}
          onChange={onTarget}
        />
      ) : (
        <span className={classes.end} title={nameB}>
          <ModelMark slot={to.slot} size={12} /> B
        </span>
      )}
      <Button
        variant="subtle"
        color="gray"
        size="xs"
        leftSection={<Play size={14} strokeWidth={1.5} />}
        aria-label={share < 0.5 ? `Morph to ${nameB}` : `Morph back to ${nameA}`}
        onClick={state.play}
      >
        Morph
      </Button>
    </div>
  );
});
