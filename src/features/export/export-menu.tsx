import { Button, Menu } from '@mantine/core';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import { neighboursTable } from '@/queries/exports';
import { isSettled } from '@/queries/neighbours';
import { useComparedRuns } from '@/queries/use-compared-runs';
import { useActiveRun, useDataset, useRuns } from '@/queries/use-workspace';
import { pictureStore } from '@/state/picture';
import { shownTableStore } from '@/state/shown-table';
import { viewStore } from '@/state/view';
import classes from './export-menu.module.css';
import { dataFiles, reportFile, selectionFiles, sessionFiles, type TakenOut } from './file-items';
import { ReportDialog } from './report-dialog';
import { type CopyItem, copyItem, type FileItem, saveItem } from './save-item';
import { copyPicture, copyText, tableText } from './take-along';

/** Takes out what the page has computed, as files and onto the clipboard. */
export function ExportMenu() {
  const dataset = useDataset();
  const runs = useRuns();
  const active = useActiveRun();
  const [isReportOpen, setReportOpen] = useState(false);
  const { settled: compared, reference, pair } = useComparedRuns();
  if (dataset === null || active === null || !isSettled(active)) return null;
  const taken = { dataset, runs, reported: { active, compared, reference, pair } };
  return (
    <>
      <Menu position="bottom-end" width={320}>
        <Menu.Target>
          <Button variant="default" leftSection={<Upload size={16} strokeWidth={1.5} />}>
            <span className="beside-icon">Export</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={classes.list}>
          <Items {...taken} onReport={() => setReportOpen(true)} />
        </Menu.Dropdown>
      </Menu>
      <ReportDialog
        dataset={dataset}
        reported={taken.reported}
        opened={isReportOpen}
        onClose={() => setReportOpen(false)}
      />
    </>
  );
}

type ItemsProps = Pick<TakenOut, 'dataset' | 'runs' | 'reported'> & { onReport(): void };

function Items({ dataset, runs, reported, onReport }: ItemsProps) {
  const view = useStore(viewStore, (state) => state.view);
  const maker = useStore(pictureStore, (state) => state.maker);
  const table = useStore(shownTableStore, (state) => state.table);
  const { selection, pinned } = view;
  const taken: TakenOut = {
    dataset,
    runs,
    reported,
    k: view.comparisonK,
    settings: view.projection,
    clusters: { resolution: view.clusterResolution, names: view.clusterNames },
    maker,
  };
  const ofSelection = selectionFiles(taken, selection);
  const copies: CopyItem[] = [
    ...(maker === null ? [] : [{ name: 'Copy picture', note: maker.note, act: () => copyPicture(maker) }]),
    ...(table === null
      ? []
      : [
          {
            name: 'Copy table',
            note: `${table.note}, for a spreadsheet`,
            act: () => copyText(tableText(table)),
          },
        ]),
    ...(pinned === null || pinned >= dataset.rowCount
      ? []
      : [
          {
            name: 'Copy neighbours',
            note: `the rows nearest to row ${pinned}, in every run, for a spreadsheet`,
            act: () => copyText(neighboursTable(dataset, runs, pinned)),
          },
        ]),
  ];
  return (
    <>
      {[...dataFiles(taken), reportFile(taken, view), ...sessionFiles(taken)].map((item) => (
        <File key={item.name} item={item} />
      ))}
      {ofSelection.length > 0 && <Menu.Label>{countOf(selection.length, 'selected row')} alone</Menu.Label>}
      {ofSelection.map((item) => (
        <File key={item.name} item={item} />
      ))}
      {copies.length > 0 && <Menu.Label>To the clipboard</Menu.Label>}
      {copies.map((copy) => (
        <Menu.Item key={copy.name} onClick={() => void copyItem(copy)}>
          <span className={classes.name}>{copy.name}</span>
          <span className={classes.note}>{copy.note}</span>
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item onClick={onReport}>
        <span className={classes.name}>Title and texts of the report…</span>
      </Menu.Item>
    </>
  );
}

function File({ item }: { item: FileItem }) {
  const isAbsent = item.make === null || undefined;
  return (
    <Menu.Item
      aria-disabled={isAbsent}
      closeMenuOnClick={item.make !== null}
      onClick={() => void saveItem(item)}
    >
      <span className={classes.name} data-absent={isAbsent}>
        {item.name}
      </span>
      <span className={classes.note}>{item.note}</span>
    </Menu.Item>
  );
}
