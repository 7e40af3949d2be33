import { Button, Checkbox, Group, Modal, Radio } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useDeferredValue, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import { useDataset } from '@/queries/use-workspace';
import { closeAddData, dialogStore } from '@/state/dialogs';
import styles from './add-data-dialog.module.css';
import { bringOnScreen, bringSession, joinOnScreen } from './bring-on-screen';
import { ColumnFields } from './column-fields';
import { describeFailure } from './describe-import';
import { ImportPreview } from './import-preview';
import { JoinPreview } from './join-preview';
import { SessionPreview } from './session-preview';
import { SourceFields } from './source-fields';
import { filesSource, type ImportMode, type ImportSource, textSource, useImport } from './use-import';
import { VectorList } from './vector-list';

/** The dialog `Add data`; `openAddData` opens it, closing it without `Use this data` changes nothing. */
export function AddDataDialog() {
  const opening = useStore(dialogStore, ({ addData }) => addData);
  return (
    <Modal
      opened={opening !== null}
      onClose={closeAddData}
      title="Add data"
      size={840}
      centered={false}
      yOffset="6vh"
      transitionProps={{ duration: 120, exitDuration: 0 }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
      classNames={{ content: styles.content, header: styles.header, title: styles.title, body: styles.body }}
    >
      {opening !== null && <AddDataForm opening={opening} />}
    </Modal>
  );
}

function AddDataForm({ opening }: { opening: { readonly files: readonly File[]; readonly text: string } }) {
  const current = useDataset();
  const [source, setSource] = useState<ImportSource | null>(null);
  const [isTyping, setIsTyping] = useState(false);
  const [isOpening, setIsOpening] = useState(false);
  const [mode, setMode] = useState<ImportMode>('replace');
  const [layer, setLayer] = useState<HTMLDivElement | null>(null);
  const base = mode === 'append' ? current : null;
  const reading = useImport(source, current, mode);
  const { table, choice, built, joins, joined, failure } = reading;
  const isByOrder = joins && choice?.textColumn === null;
  const vectorCount = isByOrder ? (table?.vectors.length ?? 0) : 0;
  const canJoin = current !== null && choice !== null && choice.coordinates !== null;
  const shownMode = mode === 'join' && !joins ? 'replace' : mode;

  const take = (next: ImportSource | null) => {
    setIsTyping(false);
    setSource(next);
  };
  // A file dropped while the dialog is open comes the same way as one it was opened with.
  useEffect(() => {
    const brought = opening.files.length > 0 ? filesSource(opening.files) : textSource(opening.text, true);
    if (brought === null) return;
    setIsTyping(false);
    setSource(brought);
  }, [opening]);

  const isReady = reading.isReady && !isTyping;
  const rows = built === null ? null : built.rowCount - (base?.rowCount ?? 0);
  const use = () => {
    if (table === null || !isReady) return;
    if (table.session !== null) {
      // The dialog stands until the session's view does, so that nothing is chosen that it would take back.
      setIsOpening(true);
      void bringSession(table.session, table.name).then(() => {
        setIsOpening(false);
        if (dialogStore.getState().addData === opening) closeAddData();
      });
      return;
    }
    closeAddData();
    if (joins && current !== null) void joinOnScreen(table, current, joined, vectorCount > 0);
    else if (built !== null)
      void bringOnScreen(built, shownMode === 'append' ? 'append' : 'replace', table.vectors);
  };
  const count = table?.session
    ? countOf(table.rowCount, 'row')
    : joins
      ? describeJoined(vectorCount, joined !== null)
      : rows === null
        ? null
        : countOf(rows, 'row');

  return (
    <>
      <div className={styles.scroll}>
        <SourceFields source={source} reading={reading} onSource={take} onTyping={() => setIsTyping(true)} />
        {reading.hasHeader !== null && (
          <Checkbox
            label="First row holds the column names"
            checked={reading.hasHeader}
            onChange={(event) => reading.readWithHeader(event.currentTarget.checked)}
          />
        )}
        {table !== null && choice !== null && table.format !== 'lines' && table.columns.length > 0 && (
          <Later key={table.id}>
            <ColumnFields
              table={table}
              choice={choice}
              hasMap={base === null}
              canJoin={current !== null}
              onChoose={reading.choose}
              layer={layer}
            />
          </Later>
        )}
        {failure !== null && source !== null && <Failure error={failure} name={source.name} />}
        {table?.session && failure === null && <SessionPreview session={table.session} table={table} />}
        {table !== null && failure === null && table.vectors.length > 0 && (
          <VectorList
            vectors={table.vectors}
            joins={isByOrder ? current : null}
            isLeftOut={base !== null || (joins && !isByOrder)}
          />
        )}
        {table !== null && choice !== null && built !== null && (
          <ImportPreview table={table} choice={choice} built={built} base={base} />
        )}
        {joins && failure === null && current !== null && (
          <JoinPreview joined={joined} current={current} hasVectors={vectorCount > 0} />
        )}
      </div>
      <div ref={setLayer} />
      <div className={styles.actions}>
        {!isByOrder && !table?.session && (
          <Radio.Group
            aria-label="What becomes of the data on the screen"
            value={shownMode}
            onChange={(value) => setMode(value === 'append' || value === 'join' ? value : 'replace')}
          >
            <Group gap={16}>
              <Radio value="replace" label="Replace" />
              <Radio value="append" label="Add as another set" />
              {canJoin && <Radio value="join" label="Only its map, for these rows" />}
            </Group>
          </Radio.Group>
        )}
        <Group gap={8} ml="auto">
          <Button variant="subtle" color="gray" onClick={closeAddData}>
            Cancel
          </Button>
          <Button size="md" className={styles.use} disabled={!isReady || isOpening} onClick={use}>
            {isOpening
              ? 'Use this data · opening'
              : count !== null && isReady
                ? `Use this data · ${count}`
                : 'Use this data'}
          </Button>
        </Group>
      </div>
    </>
  );
}

/** Renders what it holds in slices, right after what is there at once. */
function Later({ children }: { children: ReactNode }) {
  return useDeferredValue(true, false) ? children : null;
}

function describeJoined(runs: number, hasMap: boolean): string | null {
  const parts = [...(runs > 0 ? [countOf(runs, 'run')] : []), ...(hasMap ? ['1 map'] : [])];
  return parts.length === 0 ? null : parts.join(' and ');
}

function Failure({ error, name }: { error: Error; name: string }) {
  const { headline, text, detail } = describeFailure(error, name);
  return (
    <div role="alert" className={styles.failure}>
      <TriangleAlert size={16} strokeWidth={1.5} aria-hidden />
      <div>
        <strong dir="auto">{headline}</strong> Nothing was changed. {text}
        {detail !== null && <small>{detail}</small>}
      </div>
    </div>
  );
}
