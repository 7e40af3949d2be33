import { SegmentedControl } from '@mantine/core';
import { memo } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import type { Comparison } from '@/queries/comparison';
import { commit, type View, viewStore } from '@/state/view';
import { GoldPanel } from './gold-panel';
import { Scoreboard } from './scoreboard';
import classes from './scoreboard.module.css';
import { SmallerPanel } from './smaller-panel';
import type { ShownGold } from './use-gold-scores';
import type { Scores } from './use-scores';

interface Props {
  comparison: Comparison;
  dataset: Dataset;
  scores: Scores;
  gold: ShownGold | null;
}

const panels = [
  { value: 'scores', label: 'Scoreboard' },
  { value: 'smaller', label: 'What does smaller cost?' },
  { value: 'pairs', label: 'Gold pairs' },
] as const satisfies readonly { value: View['comparisonPanel']; label: string }[];

/** What each run is worth: its scores, what smaller vectors of it would cost, or how it follows judged pairs. */
export const NumbersPanel = memo(function NumbersPanel(props: Props) {
  const panel = useStore(viewStore, ({ view }) => view.comparisonPanel);
  return (
    <div className={classes.panel}>
      <SegmentedControl
        size="xs"
        aria-label="Numbers shown"
        className={classes.switch}
        value={panel}
        onChange={(value) =>
          commit({ comparisonPanel: value as View['comparisonPanel'] }, 'Change numbers shown')
        }
        data={[...panels]}
      />
      {panel === 'smaller' && <SmallerPanel comparison={props.comparison} dataset={props.dataset} />}
      {panel === 'pairs' && (
        <GoldPanel comparison={props.comparison} gold={props.gold} dataset={props.dataset} />
      )}
      {panel === 'scores' && (
        <Scoreboard comparison={props.comparison} dataset={props.dataset} scores={props.scores} />
      )}
    </div>
  );
});
