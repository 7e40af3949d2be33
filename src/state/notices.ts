import { createStore } from 'zustand/vanilla';

/** Something that happened and that the person should know: what happened, what is kept, what to do. */
export interface Notice {
  readonly id: number;
  readonly tone: 'error' | 'warn' | 'info';
  /** The first sentence, in bold. */
  readonly headline: string;
  readonly text: string;
  /** The server's or browser's own words, small and last. */
  readonly detail: string | null;
  readonly action: { readonly label: string; run(): void } | null;
  /** A later notice of the same subject replaces an earlier one. */
  readonly subject: string | null;
  /** It goes by itself after a moment, so it must move nothing by coming and going. */
  readonly isPassing: boolean;
}

let lastId = 0;

export const noticeStore = createStore<{ notices: readonly Notice[] }>(() => ({ notices: [] }));

export function showNotice(notice: Partial<Notice> & Pick<Notice, 'tone' | 'headline'>): number {
  const shown: Notice = {
    text: '',
    detail: null,
    action: null,
    subject: null,
    isPassing: false,
    ...notice,
    id: ++lastId,
  };
  noticeStore.setState(({ notices }) => ({
    notices: [
      ...notices.filter((other) => shown.subject === null || other.subject !== shown.subject),
      shown,
    ].slice(-4),
  }));
  return shown.id;
}

const passingMs = 4000;

/** Says for a moment what was done; longer where there is more to read. */
export function showPassing(
  notice: Pick<Notice, 'headline' | 'subject'> & Partial<Pick<Notice, 'text'>>,
  shownMs = passingMs,
): void {
  const shown = showNotice({ ...notice, tone: 'info', isPassing: true });
  setTimeout(() => dismissNotice(shown), shownMs);
}

export function dismissNotice(id: number): void {
  noticeStore.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

/** Takes back what was said about a subject, because it no longer holds. */
export function dismissSubject(subject: string): void {
  noticeStore.setState(({ notices }) => ({
    notices: notices.filter((notice) => notice.subject !== subject),
  }));
}
