import { countOf } from '@/core/count-of';
import { guardCell } from '@/core/export/csv-cells';
import { showNotice, showPassing } from '@/state/notices';
import { copyText, tableText } from '@/ui/copy-text';
import type { TableColumn } from './table-column';

const subject = 'clipboard';

/** Puts rows with all their columns on the clipboard, for a spreadsheet, and says so or why not. */
export async function copyRows(columns: readonly TableColumn[], rows: Uint32Array): Promise<void> {
  try {
    await copyText(
      tableText({
        rowCount: rows.length,
        head: columns.map(({ name }) => name),
        cellsOf: (index) => columns.map(({ textAt }) => guardCell(textAt(rows[index]!))),
      }),
    );
    const headline = `${countOf(rows.length, 'row')} ${rows.length === 1 ? 'is' : 'are'} on the clipboard.`;
    showPassing({ subject, headline });
  } catch (error) {
    showNotice({
      tone: 'error',
      subject,
      headline: 'The rows could not be copied.',
      text: 'Nothing on the screen has changed. Export writes them as files.',
      detail: error instanceof Error ? error.message : String(error),
    });
  }
}
