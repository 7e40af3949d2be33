import { createContext, useContext } from 'react';
import type { HoverChannel } from '@/gl/hover-channel';
import type { Report } from './open-report';

/** What the sections of a report have in common. */
export interface ReportState {
  readonly report: Report;
  readonly isDark: boolean;
  readonly hover: HoverChannel;
  readonly pinned: number | null;
  pin(row: number | null): void;
  /** Keeps a row that was chosen anywhere, and brings its text and its nearest into view. */
  keep(row: number): void;
  /** Rows that alone keep their colour; empty for all. */
  readonly selection: readonly number[];
  select(rows: readonly number[]): void;
}

const context = createContext<ReportState | null>(null);

export const ReportStateProvider = context.Provider;

export function useReport(): ReportState {
  const state = useContext(context);
  if (state === null) throw new Error('Outside a report.');
  return state;
}
