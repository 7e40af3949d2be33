import { Button, Menu } from '@mantine/core';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { neighboursTable } from '@/queries/exports';
import { isSettled } from '@/queries/neighbours';
import { isUnderWay } from '@/queries/other-tabs';
import { useComparedRuns } from '@/queries/use-compared-runs';
import { useActiveRun, useDataset, useRuns } from '@/queries/use-workspace';
import { pictureStore } from '@/state/picture';
import { shownTableStore } from '@/state/shown-table';
import { viewStore } from '@/state/view';
import { copyText, tableText } from '@/ui/copy-text';
import classes from './export-menu.module.css';
import { dataFiles, reportFile, selectionFiles, sessionFiles, type TakenOut } from './file-items';
import { ReportDialog } from './report-dialog';
import { type CopyItem, copyItem, type FileItem, saveItem } from './save-item';
import { copyPicture } from './take-along';

/** Takes out what the page has computed, as files and onto the clipboard. */
export function ExportMenu() {
  const dataset = useDataset();
  const runs = useRuns();
  const active = useActiveRun();
  const [isReportOpen, setReportOpen] = useState(false);
  const { settled: compared, reference, pair } = useComparedRuns();
  const first = runs.find(isSettled) ?? null;
  // While the first vectors are on their way everything is about to be there.
  if (dataset === null || (first === null && runs.some(isUnderWay))) return null;
  const hasVectors = active !== null && isSettled(active);
  const shown = hasVectors ? active : (reference ?? first);
  const taken = {
    dataset,
    runs,
    active: hasVectors ? active : null,
    reported: shown === null ? null : { active: shown, compared, reference, pair },
    whyNone: active === null ? 'needs vectors: embed these texts first' : describeNone(active),
  };
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
      {taken.reported !== null && (
        <ReportDialog
          dataset={dataset}
          reported={taken.reported}
          opened={isReportOpen}
          onClose={() => setReportOpen(false)}
        />
      )}
    </>
  );
}

/** Why nothing of the chosen run's vectors can be taken out. */
function describeNone(run: RunRecord): string {
  const name = runName(run.spec);
  return isUnderWay(run)
    ? `needs the vectors of ${name}, which are on their way`
    : `needs the vectors of ${name}, which are not here: resume it, or choose another run`;
}

type ItemsProps = Pick<TakenOut, 'dataset' | 'runs' | 'active' | 'reported' | 'whyNone'> & {
  onReport(): void;
};

function Items({ onReport, ...given }: ItemsProps) {
  const { dataset, runs, reported } = given;
  const view = useStore(viewStore, (state) => state.view);
  const maker = useStore(pictureStore, (state) => state.maker);
  const table = useStore(shownTableStore, (state) => state.table);
  const { selection, pinned } = view;
  const taken: TakenOut = {
    ...given,
    k: view.comparisonK,
    settings: view.projection,
    clusters: { resolution: view.clusterResolution, names: view.clusterNames },
    maker,
  };
  const ofSelection = selectionFiles(taken, selection);
  const report: FileItem =
    reported === null
      ? { name: 'Report (HTML)', note: 'needs a run with vectors', file: '', make: null }
      : reportFile({ dataset, reported }, view);
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
    ...(pinned === null || pinned >= dataset.rowCount || !runs.some(isSettled)
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
      {[...dataFiles(taken), report, ...sessionFiles(taken)].map((item) => (
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
      {reported !== null && (
        <>
          <Menu.Divider />
          <Menu.Item onClick={onReport}>
            <span className={classes.name}>Title and texts of the report…</span>
          </Menu.Item>
        </>
      )}
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
