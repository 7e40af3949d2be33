import { Check } from 'lucide-react';
import { describePlan } from '@/core/embedding/describe-plan';
import type { ProviderPlan } from '@/core/embedding/read-plan';
import { isKeyRefused } from '@/queries/plan';
import classes from './models-panel.module.css';

interface Props {
  plan: ProviderPlan | null;
  error: Error | null;
  host: string;
}

/** What is known of the key that was given. */
export function KeyStatus({ plan, error, host }: Props) {
  if (isKeyRefused(error)) {
    return (
      <p className={classes.problem} role="alert">
        {host} refused the key. Paste it again, or forget it. Nothing was embedded with it.
      </p>
    );
  }
  return (
    <p className={classes.given}>
      <Check size={14} strokeWidth={1.5} aria-hidden="true" />
      <span>
        {plan === null ? 'Key given' : `Key works · ${describePlan(plan)}`}
        {error !== null && `, not checked: ${error.message}`}
      </span>
    </p>
  );
}
