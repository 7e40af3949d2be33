import { Button } from '@mantine/core';
import { Message } from '@/ui/message';
import classes from './graphics-notice.module.css';

/** Whether a picture is drawn, waits for the graphics card, or cannot be drawn in this browser. */
export type Graphics = 'drawn' | 'lost' | 'none';

interface Props {
  graphics: Exclude<Graphics, 'drawn'>;
  /** Why it cannot be drawn. */
  reason: string;
  /** Whether several maps are meant. */
  isPlural?: boolean;
  /** What works all the same, in a sentence. */
  kept: string;
  onRetry(): void;
  onOpenTable(): void;
}

/** What stands over the map while nothing is drawn: why, what works all the same, what to do. */
export function GraphicsNotice({ graphics, reason, isPlural = false, kept, onRetry, onOpenTable }: Props) {
  return (
    <div className={classes.cover}>
      <Message title={isPlural ? 'The maps are not drawn.' : 'The map is not drawn.'} isAlert>
        {graphics === 'lost'
          ? `The graphics driver took its memory back. ${isPlural ? 'The maps come' : 'The map comes'} back by ${isPlural ? 'themselves' : 'itself'} once the browser has it again.`
          : `This browser cannot draw ${isPlural ? 'them' : 'it'}: ${reason}`}{' '}
        {kept}
        <span className={classes.buttons}>
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
          <Button variant="default" onClick={onOpenTable}>
            Open the table
          </Button>
        </span>
      </Message>
    </div>
  );
}
