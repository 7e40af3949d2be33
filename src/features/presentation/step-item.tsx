import { ActionIcon, Textarea, TextInput, Tooltip } from '@mantine/core';
import { ArrowDown, ArrowUp, Camera, type LucideIcon, Play, Trash2 } from 'lucide-react';
import { moveStep, removeStep, retakeStep, type Step, wordStep } from '@/state/steps';
import classes from './steps-menu.module.css';

interface Props {
  step: Step;
  number: number;
  isFirst: boolean;
  isLast: boolean;
  onShow(): void;
}

const tabNames: Readonly<Record<string, string>> = { matrix: 'Matrix', compare: 'Compare', table: 'Table' };

/** One step: its words, which are kept when the field is left, and what can be done with it. */
export function StepItem({ step, number, isFirst, isLast, onShow }: Props) {
  const { id, title, sentence, view } = step;
  const word = (change: Partial<Pick<Step, 'title' | 'sentence'>>) => {
    const words = { title, sentence, ...change };
    if (words.title !== title || words.sentence !== sentence) wordStep(id, words);
  };
  return (
    <li className={classes.step} aria-label={`Step ${number}: ${title}`}>
      <div className={classes.row}>
        <span className={classes.number}>{number}</span>
        <TextInput
          key={`title ${title}`}
          size="xs"
          className={classes.field}
          aria-label={`Title of step ${number}`}
          defaultValue={title}
          onBlur={({ currentTarget }) => word({ title: currentTarget.value })}
        />
      </div>
      <Textarea
        key={`sentence ${sentence}`}
        size="xs"
        autosize
        minRows={2}
        maxRows={5}
        className={classes.sentence}
        aria-label={`Sentence of step ${number}`}
        defaultValue={sentence}
        onBlur={({ currentTarget }) => word({ sentence: currentTarget.value })}
      />
      <div className={classes.actions}>
        <span className={classes.note}>{tabNames[String(view.tab)] ?? 'Map'}</span>
        <Action name={`Present from step ${number}`} Icon={Play} act={onShow} />
        <Action name={`Take the screen for step ${number}`} Icon={Camera} act={() => retakeStep(id)} />
        {!isFirst && <Action name={`Move step ${number} up`} Icon={ArrowUp} act={() => moveStep(id, -1)} />}
        {!isLast && <Action name={`Move step ${number} down`} Icon={ArrowDown} act={() => moveStep(id, 1)} />}
        <Action name={`Delete step ${number}`} Icon={Trash2} act={() => removeStep(id)} />
      </div>
    </li>
  );
}

function Action({ name, Icon, act }: { name: string; Icon: LucideIcon; act(): void }) {
  return (
    <Tooltip label={name}>
      <ActionIcon size={24} aria-label={name} onClick={act}>
        <Icon size={14} strokeWidth={1.5} />
      </ActionIcon>
    </Tooltip>
  );
}
