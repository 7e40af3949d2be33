import { dismissSubject, showNotice, showPassing } from '@/state/notices';
import { endTask, reportTask } from '@/state/tasks';
import { saveFile } from '@/ui/save-file';

/** A file that can be taken out. */
export interface FileItem {
  readonly name: string;
  readonly note: string;
  readonly file: string;
  /** Null says why there is none, in the note. */
  readonly make: (() => Promise<Blob>) | null;
}

/** What can be put on the clipboard. */
export interface CopyItem {
  readonly name: string;
  readonly note: string;
  act(): Promise<void>;
}

/** Makes a file and saves it; says where that is not possible. */
export async function saveItem({ name, file, make }: FileItem): Promise<void> {
  if (make === null) return;
  const task = { id: `export ${file}`, label: `Writing ${file}`, done: 0, total: 0, unit: '', cancel: null };
  reportTask(task);
  dismissSubject('export');
  try {
    saveFile(await make(), file);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      showNotice({
        tone: 'info',
        subject: 'export',
        headline: `${name} was cancelled.`,
        text: 'No file was written. What was measured until then is kept, so that another try goes on from there.',
      });
      return;
    }
    showNotice({
      tone: 'error',
      subject: 'export',
      headline: `${name} could not be written.`,
      text: 'Nothing on the screen has changed. Try again once the runs are done.',
      detail: error instanceof Error ? error.message : String(error),
    });
  } finally {
    endTask(task.id);
  }
}

/** Puts something on the clipboard, and says that it is there or why not. */
export async function copyItem({ name, act }: CopyItem): Promise<void> {
  try {
    await act();
    const what = name.replace('Copy ', '');
    showPassing({
      subject: 'clipboard',
      headline: `The ${what} ${what === 'neighbours' ? 'are' : 'is'} on the clipboard.`,
    });
  } catch (error) {
    showNotice({
      tone: 'error',
      subject: 'clipboard',
      headline: `${name} did not work.`,
      text: 'Nothing on the screen has changed. The files of this menu hold the same.',
      detail: error instanceof Error ? error.message : String(error),
    });
  }
}
