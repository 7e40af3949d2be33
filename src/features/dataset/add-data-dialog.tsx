import { Button, Checkbox, Group, Modal, Radio, Select } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import type { TableHead } from '@/queries/datasets';
import { useDataset } from '@/queries/use-workspace';
import { closeAddData, dialogStore } from '@/state/dialogs';
import styles from './add-data-dialog.module.css';
import { addVectors, bringOnScreen, bringSession } from './bring-on-screen';
import { describeFailure } from './describe-import';
import { ImportPreview } from './import-preview';
import { SessionPreview } from './session-preview';
import { SourceFields } from './source-fields';
import { type ColumnChoice, filesSource, type ImportMode, type ImportSource, useImport } from './use-import';
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

function AddDataForm({ opening }: { opening: { readonly files: readonly File[] } }) {
  const current = useDataset();
  const [source, setSource] = useState<ImportSource | null>(null);
  const [isTyping, setIsTyping] = useState(false);
  const [mode, setMode] = useState<ImportMode>('replace');
  const [layer, setLayer] = useState<HTMLDivElement | null>(null);
  const base = mode === 'append' ? current : null;
  const reading = useImport(source, current, mode);
  const { table, choice, built, failure, isVectorsOnly } = reading;

  const take = (next: ImportSource | null) => {
    setIsTyping(false);
    setSource(next);
  };
  // A file dropped while the dialog is open comes the same way as one it was opened with.
  useEffect(() => {
    if (opening.files.length === 0) return;
    setIsTyping(false);
    setSource(filesSource(opening.files));
  }, [opening]);

  const isReady = reading.isReady && !isTyping;
  const rows = built === null ? null : built.rowCount - (base?.rowCount ?? 0);
  const use = () => {
    if (table === null || !isReady) return;
    closeAddData();
    if (table.session !== null) void bringSession(table.session, table.name);
    else if (built !== null) void bringOnScreen(built, mode, table.vectors);
    else if (current !== null) void addVectors(table, current);
  };
  const count = table?.session
    ? countOf(table.rowCount, 'row')
    : isVectorsOnly
      ? countOf(table?.vectors.length ?? 0, 'run')
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
        {table !== null && choice !== null && table.format !== 'lines' && (
          <ColumnFields
            key={table.id}
            table={table}
            choice={choice}
            hasMap={base === null}
            onChoose={reading.choose}
            layer={layer}
          />
        )}
        {failure !== null && source !== null && <Failure error={failure} name={source.name} />}
        {table?.session && failure === null && <SessionPreview session={table.session} table={table} />}
        {table !== null && failure === null && table.vectors.length > 0 && (
          <VectorList vectors={table.vectors} joins={isVectorsOnly ? current : null} isSet={base !== null} />
        )}
        {table !== null && choice !== null && built !== null && (
          <ImportPreview table={table} choice={choice} built={built} base={base} />
        )}
      </div>
      <div ref={setLayer} />
      <div className={styles.actions}>
        {!isVectorsOnly && !table?.session && (
          <Radio.Group
            aria-label="What becomes of the data on the screen"
            value={mode}
            onChange={(value) => setMode(value === 'append' ? 'append' : 'replace')}
          >
            <Group gap={16}>
              <Radio value="replace" label="Replace" />
              <Radio value="append" label="Add as another set" />
            </Group>
          </Radio.Group>
        )}
        <Group gap={8} ml="auto">
          <Button variant="subtle" color="gray" onClick={closeAddData}>
            Cancel
          </Button>
          <Button size="md" className={styles.use} disabled={!isReady} onClick={use}>
            {count !== null && isReady ? `Use this data · ${count}` : 'Use this data'}
          </Button>
        </Group>
      </div>
    </>
  );
}

const noLabel = 'none';

function ColumnFields({
  table,
  choice,
  hasMap,
  onChoose,
  layer,
}: {
  table: TableHead;
  choice: ColumnChoice;
  /** Whether coordinates may be chosen: another set joins the map of the data that are there. */
  hasMap: boolean;
  onChoose: (choice: ColumnChoice) => void;
  /** Where lists open: inside the dialog, because what is outside it is hidden from assistive technology. */
  layer: HTMLElement | null;
}) {
  const options = table.columns.map(({ name }, column) => ({ value: String(column), label: name }));
  const searchable = options.length > 12;
  const { textColumn, labelColumn, coordinates } = choice;
  const [axes, setAxes] = useState<readonly [number | null, number | null]>(coordinates ?? [null, null]);
  const chooseAxis = (axis: 0 | 1, column: number | null) => {
    const [x, y] = axis === 0 ? [column, axes[1]] : [axes[0], column];
    setAxes([x, y]);
    onChoose({ ...choice, coordinates: x === null || y === null ? null : [x, y] });
  };
  return (
    <div className={styles.columns}>
      <Select
        label="Text column"
        description="What is embedded"
        data={options}
        value={String(textColumn)}
        allowDeselect={false}
        comboboxProps={{ portalProps: { target: layer ?? undefined } }}
        searchable={searchable}
        onChange={(value) => {
          if (value === null) return;
          const text = Number(value);
          onChoose({ ...choice, textColumn: text, labelColumn: labelColumn === text ? null : labelColumn });
        }}
      />
      <Select
        label="Label column"
        description="What colours and groups the rows; never embedded"
        data={[
          { value: noLabel, label: 'No label' },
          ...options.filter(({ value }) => value !== String(textColumn)),
        ]}
        value={labelColumn === null ? noLabel : String(labelColumn)}
        allowDeselect={false}
        comboboxProps={{ portalProps: { target: layer ?? undefined } }}
        searchable={searchable}
        onChange={(value) => {
          if (value === null) return;
          onChoose({ ...choice, labelColumn: value === noLabel ? null : Number(value) });
        }}
      />
      {hasMap &&
        table.columns.length > 2 &&
        mapAxes.map(({ label, description }, axis) => (
          <Select
            key={label}
            label={label}
            description={description}
            data={[{ value: noLabel, label: 'No ready map' }, ...options]}
            value={axes[axis] == null ? noLabel : String(axes[axis])}
            allowDeselect={false}
            comboboxProps={{ portalProps: { target: layer ?? undefined } }}
            searchable={searchable}
            onChange={(value) => {
              if (value !== null) chooseAxis(axis === 0 ? 0 : 1, value === noLabel ? null : Number(value));
            }}
          />
        ))}
    </div>
  );
}

const mapAxes = [
  { label: 'Map x column', description: 'Where each row lies on a map that is ready, left to right' },
  { label: 'Map y column', description: 'And from bottom to top; without both there is no such map' },
] as const;

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
