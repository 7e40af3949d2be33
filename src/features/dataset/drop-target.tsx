import { Portal } from '@mantine/core';
import { Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { openAddData } from '@/state/dialogs';
import styles from './drop-target.module.css';

/** Browsers repeat `dragover` at least every 350 ms while files hang over the page; they do not always say when it ends. */
const lingerMs = 500;

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;

/** One line is hardly a set of texts: it was meant for a field that had no focus. */
const fewestLines = 2;

/** Files or texts pasted where nothing is typed open the dialog `Add data`. */
function takePasted(event: ClipboardEvent) {
  const { target, clipboardData } = event;
  if (clipboardData === null || event.defaultPrevented) return;
  if (target instanceof Element && target.closest('input, textarea, [contenteditable], [role="dialog"]'))
    return;
  const files = [...clipboardData.files];
  const text = files.length > 0 ? '' : clipboardData.getData('text/plain');
  if (files.length === 0 && text.trim().split('\n').length < fewestLines) return;
  event.preventDefault();
  openAddData(files, text);
}

/** Takes files dropped, and texts pasted, anywhere on the page into the dialog `Add data`. Mounted once. */
export function DropTarget() {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    let linger: ReturnType<typeof setTimeout> | undefined;
    const end = () => {
      clearTimeout(linger);
      setIsOver(false);
    };
    const hold = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
      clearTimeout(linger);
      linger = setTimeout(end, lingerMs);
    };
    const take = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      end();
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) openAddData(files);
    };
    window.addEventListener('dragenter', hold);
    window.addEventListener('dragover', hold);
    window.addEventListener('drop', take);
    window.addEventListener('paste', takePasted);
    return () => {
      clearTimeout(linger);
      window.removeEventListener('dragenter', hold);
      window.removeEventListener('dragover', hold);
      window.removeEventListener('drop', take);
      window.removeEventListener('paste', takePasted);
    };
  }, []);
  if (!isOver) return null;
  return (
    <Portal>
      <div className={styles.target} role="status">
        <div className={styles.hint}>
          <Upload size={16} strokeWidth={1.5} aria-hidden />
          <strong>Drop to see what is in it</strong>
          <span>Texts, tables, Parquet or vectors. They stay in this browser.</span>
        </div>
      </div>
    </Portal>
  );
}
