import '@/ui/tokens.css';
import './report.css';
import { createRoot } from 'react-dom/client';
import { reportDataId } from '@/core/export/report-data';
import { openReport, type Report } from './open-report';
import { ReportPage } from './report-page';

const root = createRoot(document.getElementById('root')!);
const report = read();
root.render(
  report instanceof Error ? (
    <p role="alert" style={{ margin: 40 }}>
      <strong>This report cannot be shown.</strong> The file may have been cut off or changed on its way: ask
      for it again. ({report.message})
    </p>
  ) : (
    <ReportPage report={report} />
  ),
);

function read(): Report | Error {
  try {
    return openReport(document.getElementById(reportDataId)?.textContent ?? '');
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
