import { Button } from '@mantine/core';
import { commit } from '@/state/view';
import { Message } from '@/ui/message';
import classes from './graphics-notice.module.css';

/** Whether the map is drawn, waits for the graphics card, or cannot be drawn in this browser. */
export type Graphics = 'drawn' | 'lost' | 'none';

interface Props {
  graphics: Exclude<Graphics, 'drawn'>;
  /** Why it cannot be drawn. */
  reason: string;
  onRetry(): void;
}

/** What stands over the map while nothing is drawn: why, what works all the same, what to do. */
export function GraphicsNotice({ graphics, reason, onRetry }: Props) {
  return (
    <div className={classes.cover}>
      <Message title="The map is not drawn." isAlert>
        {graphics === 'lost'
          ? 'The graphics driver took its memory back. The map comes back by itself once the browser has it again.'
          : `This browser cannot draw it: ${reason}`}{' '}
        Rows, neighbours, search, selection and exports are not affected, and the table lists every row.
        <span className={classes.buttons}>
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
          <Button variant="default" onClick={() => commit({ tab: 'table' })}>
            Open the table
          </Button>
        </span>
      </Message>
    </div>
  );
}
