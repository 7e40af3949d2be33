import { Button, CloseButton } from '@mantine/core';
import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import { dismissNotice, type Notice, noticeStore } from '@/state/notices';
import classes from './notice-list.module.css';

const icons = { error: TriangleAlert, warn: CircleAlert, info: Info };

/** What happened, what is kept, what to do: newest last, until dismissed. What passes by itself lies over the page. */
export function NoticeList() {
  const notices = useStore(noticeStore, (state) => state.notices);
  return (
    <>
      <Notices className={classes.list} notices={notices.filter(({ isPassing }) => !isPassing)} />
      <Notices className={classes.passing} notices={notices.filter(({ isPassing }) => isPassing)} />
    </>
  );
}

function Notices({ className, notices }: { className: string | undefined; notices: readonly Notice[] }) {
  if (notices.length === 0) return null;
  return (
    <div className={className}>
      {notices.map((notice) => (
        <NoticeBox key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function NoticeBox({ notice }: { notice: Notice }) {
  const { id, tone, headline, text, detail, action, isPassing } = notice;
  const Icon = icons[tone];
  return (
    <div role="alert" className={classes.notice} data-tone={tone}>
      <Icon size={16} strokeWidth={1.5} className={classes.icon} aria-hidden="true" />
      <div className={classes.words}>
        <strong>{headline}</strong> {text}
        {detail !== null && (
          <details className={classes.detail}>
            <summary>Details</summary>
            {detail}
          </details>
        )}
      </div>
      {action !== null && (
        <Button
          variant="default"
          onClick={() => {
            action.run();
            dismissNotice(id);
          }}
        >
          {action.label}
        </Button>
      )}
      {!isPassing && (
        <CloseButton size={24} iconSize={14} aria-label="Dismiss" onClick={() => dismissNotice(id)} />
      )}
    </div>
  );
}
