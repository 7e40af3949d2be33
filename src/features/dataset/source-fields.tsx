import { CloseButton, Loader, Textarea } from '@mantine/core';
import { FileText, Upload } from 'lucide-react';
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { describeFormat, describeOnlyBlank, describeSize } from './describe-import';
import styles from './source-fields.module.css';
import { filesSource, type Import, type ImportSource, textSource } from './use-import';

/** What the file choosers offer first; other files can still be dropped. */
export const acceptedFiles =
  '.txt,.csv,.tsv,.tab,.json,.jsonl,.ndjson,.parquet,.npy,.vec,.w2v,.bin,.f32,.raw,.zip';

const typingPauseMs = 300;
/** Characters from which the browser takes long over typing them in line by line, in a time that grows with the square. */
const longText = 2000;
/** Characters from which even laying them out in the field holds the page up; they are read without being shown there. */
const tooLongToShow = 500_000;

function sizeOf(source: ImportSource): number {
  return source.kind === 'texts' ? source.text.length : source.files.reduce((sum, { size }) => sum + size, 0);
}

/** The two ways in: texts in a field, or a file. Typed texts become a source after a pause. */
export function SourceFields({
  source,
  reading,
  onSource,
  onTyping,
}: {
  source: ImportSource | null;
  reading: Pick<Import, 'table' | 'isReading'>;
  onSource: (source: ImportSource | null) => void;
  onTyping: () => void;
}) {
  const fileId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [blank, setBlank] = useState<string | null>(null);
  useEffect(() => () => clearTimeout(pause.current), []);

  const take = (next: ImportSource | null) => {
    clearTimeout(pause.current);
    onSource(next);
  };
  const takeTexts = (text: string, isAside = false) => {
    setBlank(describeOnlyBlank(text));
    take(textSource(text, isAside));
  };
  const takeTyped = () => takeTexts(field.current?.value ?? '');
  const waitForPause = () => {
    onTyping();
    clearTimeout(pause.current);
    pause.current = setTimeout(takeTyped, typingPauseMs);
  };
  /** Puts a long text into the field in one piece, or beside it. False for a short one: the browser does it. */
  const insertAtOnce = (text: string): boolean => {
    const element = field.current;
    if (element === null || text.length < longText) return false;
    const { value, selectionStart, selectionEnd } = element;
    if (value.length + text.length < tooLongToShow) {
      element.setRangeText(text, selectionStart, selectionEnd, 'end');
      waitForPause();
    } else {
      element.value = '';
      takeTexts(value.slice(0, selectionStart) + text + value.slice(selectionEnd), true);
    }
    return true;
  };
  const watchInput = useEffectEvent((event: InputEvent) => {
    if (event.inputType === 'insertText' && insertAtOnce(event.data ?? '')) event.preventDefault();
  });
  useEffect(() => {
    const element = field.current;
    element?.addEventListener('beforeinput', watchInput);
    return () => element?.removeEventListener('beforeinput', watchInput);
  }, []);
  // A file, or texts that are not in the field, is shown by a line of its own.
  const isListed = source?.kind === 'files' || (source?.kind === 'texts' && source.isAside);

  return (
    <div className={styles.fields} data-aside={isListed || undefined}>
      <Textarea
        ref={field}
        label="Texts"
        placeholder="Paste or type, one text a line, or paste rows of a spreadsheet"
        rows={6}
        wrap="off"
        dir="auto"
        spellCheck={false}
        data-autofocus
        onChange={waitForPause}
        onPaste={(event) => {
          if (insertAtOnce(event.clipboardData.getData('text/plain'))) event.preventDefault();
        }}
      />
      <div className={styles.drop}>
        <Upload size={16} strokeWidth={1.5} aria-hidden />
        <p>
          Drop a CSV, TSV, JSON, JSONL, Parquet or text file, vectors (NPY, word2vec, raw float32), or a
          session
        </p>
        <input
          id={fileId}
          className={styles.file}
          type="file"
          multiple
          accept={acceptedFiles}
          onClick={(event) => {
            event.currentTarget.value = '';
          }}
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])];
            if (files.length > 0) take(filesSource(files));
          }}
        />
        <label htmlFor={fileId} className={styles.choose}>
          Upload file
        </label>
      </div>
      {isListed && source !== null && (
        <div className={styles.source} aria-live="polite">
          {reading.isReading ? (
            <Loader size={12} aria-hidden />
          ) : (
            <FileText size={16} strokeWidth={1.5} aria-hidden />
          )}
          <span className={styles.name} title={source.name}>
            {reading.isReading ? `Reading ${source.name}` : source.name}
          </span>
          <span className={styles.about}>
            {describeSize(sizeOf(source))}
            {reading.table !== null && ` · ${describeFormat(reading.table.format)}`}
          </span>
          <CloseButton
            size={24}
            aria-label={source.kind === 'files' ? 'Take the file away' : 'Take the texts away'}
            onClick={takeTyped}
          />
        </div>
      )}
      <p role="status" className={styles.blank}>
        {source === null && blank}
      </p>
      {source === null && (
        <p className={styles.privacy}>
          Texts stay in this browser until you embed them with a model on a server.
        </p>
      )}
    </div>
  );
}
