import { useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { countOf } from '@/core/count-of';
import { describeTextShare } from '@/core/export/describe-report';
import { createHoverChannel } from '@/gl/hover-channel';
import { AnswerSection } from './answer-section';
import { ExamplesSection } from './examples-section';
import { MapsSection } from './maps-section';
import { MatrixSection } from './matrix-section';
import { NotesSection } from './notes-section';
import type { Report } from './open-report';
import classes from './report.module.css';
import { ReportStateProvider } from './report-state';
import { RowsSection } from './rows-section';
import { StepsSection } from './steps-section';
import { useScheme } from './use-scheme';

/** The whole report, top to bottom: what it comes to, the pictures, rows worth reading, how it was made. */
export function ReportPage({ report }: { report: Report }) {
  const { data, maps, matrix } = report;
  const { isDark, toggle } = useScheme();
  const [hover] = useState(createHoverChannel);
  const [pinned, pin] = useState<number | null>(null);
  const [selection, select] = useState<readonly number[]>([]);
  const state = useMemo(
    () => ({
      report,
      isDark,
      hover,
      pinned,
      pin,
      keep: (row: number) => {
        flushSync(() => pin(row));
        document.getElementById('kept')?.scrollIntoView({ block: 'nearest' });
      },
      selection,
      select,
    }),
    [report, isDark, hover, pinned, selection],
  );
  return (
    <ReportStateProvider value={state}>
      <div className={classes.page}>
        <header className={classes.header}>
          <div>
            <h1 className={classes.title}>{data.title}</h1>
            <p className={classes.about}>
              {data.dataset.name} · {countOf(data.dataset.rowCount, 'row')} ·{' '}
              {countOf(data.runs.length, 'model')} ·{' '}
              <time dateTime={new Date(data.writtenAt).toISOString()}>{formatDate(data.writtenAt)}</time>
            </p>
          </div>
          <button type="button" className={classes.button} onClick={toggle}>
            {isDark ? 'Light' : 'Dark'}
          </button>
        </header>
        <main>
          {data.comparison !== null && <AnswerSection comparison={data.comparison} />}
          {data.steps.length > 0 && <StepsSection />}
          {maps.length > 0 && <MapsSection />}
          {matrix !== null && <MatrixSection matrix={matrix} />}
          {data.examples.length > 0 && <ExamplesSection />}
          <RowsSection />
          <NotesSection />
        </main>
        <footer className={classes.footer}>
          {describeTextShare(data.textShare)} Vectors and keys are not. It was written by Murmuration{' '}
          {data.pageVersion} and asks nothing of the network.
        </footer>
      </div>
    </ReportStateProvider>
  );
}

/** In the reader's own calendar and clock. */
function formatDate(ms: number): string {
  return new Date(ms).toLocaleDateString('en', { year: 'numeric', month: 'long', day: 'numeric' });
}
