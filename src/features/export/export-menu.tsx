import { Button, Menu } from '@mantine/core';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import { excerptLength } from '@/core/export/report-data';
import { similarityCsvRowLimit } from '@/core/export/similarity-csv';
import { exportComparison } from '@/queries/export-comparison';
import {
  exportNeighbours,
  exportPoints,
  exportRows,
  exportSimilarities,
  exportVectors,
  neighboursTable,
} from '@/queries/exports';
import { isSettled } from '@/queries/neighbours';
import { exportReport } from '@/queries/report';
import { exportSession, foreseeSession } from '@/queries/session';
import { useComparedRuns } from '@/queries/use-compared-runs';
import { useActiveRun, useDataset, useRuns } from '@/queries/use-workspace';
import { dismissNotice, showNotice } from '@/state/notices';
import { pictureStore } from '@/state/picture';
import { shownTableStore } from '@/state/shown-table';
import { endTask, reportTask } from '@/state/tasks';
import { viewStore } from '@/state/view';
import { fileNameFor, saveFile } from '@/ui/save-file';
import classes from './export-menu.module.css';
import { ReportDialog } from './report-dialog';
import { copyPicture, copyText, pictureFile, tableText } from './take-along';

const textsInReport = {
  full: 'texts whole',
  excerpt: `texts up to ${excerptLength} characters`,
  none: 'without texts',
} as const;

interface Item {
  name: string;
  note: string;
  file: string;
  /** Null says why there is none, in the note. */
  make: (() => Promise<Blob>) | null;
}

/** For how long it is said that something is on the clipboard. */
const shownMs = 4000;

interface Copy {
  name: string;
  note: string;
  act(): Promise<void>;
}

/** Takes out what the page has computed, as files and onto the clipboard. */
export function ExportMenu() {
  const dataset = useDataset();
  const runs = useRuns();
  const active = useActiveRun();
  const [isReportOpen, setReportOpen] = useState(false);
  const { settled: compared, reference, pair } = useComparedRuns();
  const k = useStore(viewStore, ({ view }) => view.comparisonK);
  const settings = useStore(viewStore, ({ view }) => view.projection);
  const resolution = useStore(viewStore, ({ view }) => view.clusterResolution);
  const names = useStore(viewStore, ({ view }) => view.clusterNames);
  const selection = useStore(viewStore, ({ view }) => view.selection);
  const reportTexts = useStore(viewStore, ({ view }) => view.reportTexts);
  const maker = useStore(pictureStore, (state) => state.maker);
  const table = useStore(shownTableStore, (state) => state.table);
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  if (dataset === null || active === null || !isSettled(active)) return null;
  const tooLarge = dataset.rowCount > similarityCsvRowLimit;
  const clusters = { resolution, names };
  const rowItems = (rows: readonly number[] | null): Item[] => {
    const [whole, prefix] = rows === null ? ['', ''] : ['Selected rows', 'selected-'];
    return [
      {
        name: whole === '' ? 'Rows (Parquet)' : `${whole} (Parquet)`,
        note: 'texts, columns, vectors, map and clusters, active run',
        file: fileNameFor(dataset.name, active.id, `${prefix}rows.parquet`),
        make: () => exportRows('parquet', dataset, active, settings, clusters, rows),
      },
      {
        name: whole === '' ? 'Projector pair (TSV)' : `${whole} (Projector pair)`,
        note: 'vectors.tsv and metadata.tsv for TensorBoard, in a ZIP',
        file: fileNameFor(dataset.name, active.id, `${prefix}projector.zip`),
        make: () => exportRows('projector', dataset, active, settings, clusters, rows),
      },
    ];
  };
  const items: Item[] = [
    {
      name: 'Points (CSV)',
      note: 'texts and places on the map, all runs',
      file: fileNameFor(dataset.name, null, 'points.csv'),
      make: () => exportPoints(dataset, runs, settings, clusters),
    },
    ...rowItems(null),
    {
      name: 'Similarity matrix (CSV)',
      note: tooLarge
        ? `only up to ${similarityCsvRowLimit.toLocaleString('en')} rows; take Neighbours instead`
        : 'every cosine, active run',
      file: fileNameFor(dataset.name, active.id, 'similarities.csv'),
      make: tooLarge ? null : () => exportSimilarities(active),
    },
    {
      name: 'Vectors (NPY)',
      note: 'as they came, active run',
      file: fileNameFor(dataset.name, active.id, 'vectors.npy'),
      make: () => exportVectors(active),
    },
    {
      name: 'Neighbours (JSONL)',
      note: 'ten nearest of each row, all runs',
      file: fileNameFor(dataset.name, null, 'neighbours.jsonl'),
      make: () => exportNeighbours(runs),
    },
    ...(compared.length < 2
      ? []
      : [
          {
            name: 'Comparison (JSON)',
            note: `scores and agreement of the ${compared.length} runs compared`,
            file: fileNameFor(dataset.name, null, 'comparison.json'),
            make: () => exportComparison(dataset, compared, k),
          },
        ]),
    ...(maker === null
      ? []
      : [
          {
            name: 'Picture (PNG)',
            note: `${maker.note}, with title and legend, at twice its size`,
            file: fileNameFor(dataset.name, maker.runId, 'png'),
            make: () => pictureFile(maker, 'png'),
          },
        ]),
    ...(maker === null || !maker.hasShapes
      ? []
      : [
          {
            name: 'Picture (SVG)',
            note: `${maker.note}, as shapes and words to be worked on`,
            file: fileNameFor(dataset.name, maker.runId, 'svg'),
            make: () => pictureFile(maker, 'svg'),
          },
        ]),
  ];
  const size = foreseeSession(dataset, runs);
  const copies: Copy[] = [
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
  const ofSelection: Item[] =
    selection.length === 0
      ? []
      : [
          {
            name: 'Selected rows (CSV)',
            note: 'texts and places on the map, all runs',
            file: fileNameFor(dataset.name, null, 'selected-points.csv'),
            make: () => exportPoints(dataset, runs, settings, clusters, selection),
          },
          ...rowItems(selection),
        ];
  const report: Item = {
    name: 'Report (HTML)',
    note: `one file to read offline, ${textsInReport[reportTexts]}; no vectors, no key`,
    file: fileNameFor(dataset.name, null, 'report.html'),
    make: () => exportReport(dataset, { active, compared, reference, pair }),
  };
  items.push(report, {
    name: 'Session',
    note: `texts, runs with their vectors, maps, names and the view, to go on elsewhere; about ${inMegabytes(size.rest + size.vectors)}, never a key`,
    file: fileNameFor(dataset.name, null, 'murmuration.zip'),
    make: () => exportSession(dataset, runs, true),
  });
  if (size.vectors > 0)
    items.push({
      // No word of it is in the name of the whole one, by which that is asked for.
      name: 'Light copy (ZIP)',
      note: `texts, maps, clusters, names and the view without vectors: to be looked at; numbers need the texts embedded again; about ${inMegabytes(size.rest)}`,
      file: fileNameFor(dataset.name, null, 'light.murmuration.zip'),
      make: () => exportSession(dataset, runs, false),
    });
  return (
    <>
      <Menu position="bottom-end" width={320}>
        <Menu.Target>
          <Button variant="default" leftSection={<Upload size={16} strokeWidth={1.5} />}>
            <span className="beside-icon">Export</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={classes.list}>
          {items.map((item) => (
            <ExportItem key={item.name} {...item} />
          ))}
          {ofSelection.length > 0 && (
            <Menu.Label>{countOf(selection.length, 'selected row')} alone</Menu.Label>
          )}
          {ofSelection.map((item) => (
            <ExportItem key={item.name} {...item} />
          ))}
          {copies.length > 0 && <Menu.Label>To the clipboard</Menu.Label>}
          {copies.map((copy) => (
            <Menu.Item key={copy.name} onClick={() => void putOnClipboard(copy)}>
              <span className={classes.name}>{copy.name}</span>
              <span className={classes.note}>{copy.note}</span>
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setReportOpen(true)}>
            <span className={classes.name}>Title and texts of the report…</span>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ReportDialog
        dataset={dataset}
        opened={isReportOpen}
        onClose={() => setReportOpen(false)}
        onWrite={() => {
          setReportOpen(false);
          if (report.make !== null) void save(report.name, report.file, report.make);
        }}
      />
    </>
  );
}

function inMegabytes(bytes: number): string {
  return bytes < 1e5 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function ExportItem({ name, note, file, make }: Item) {
  return (
    <Menu.Item
      aria-disabled={make === null || undefined}
      closeMenuOnClick={make !== null}
      onClick={() => make !== null && void save(name, file, make)}
    >
      <span className={classes.name} data-absent={make === null || undefined}>
        {name}
      </span>
      <span className={classes.note}>{note}</span>
    </Menu.Item>
  );
}

async function save(name: string, file: string, make: () => Promise<Blob>): Promise<void> {
  const task = { id: `export ${file}`, label: `Writing ${file}`, done: 0, total: 0, unit: '', cancel: null };
  reportTask(task);
  try {
    saveFile(await make(), file);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return;
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

async function putOnClipboard({ name, act }: Copy): Promise<void> {
  try {
    await act();
    const what = name.replace('Copy ', '');
    const shown = showNotice({
      tone: 'info',
      subject: 'clipboard',
      headline: `The ${what} ${what === 'neighbours' ? 'are' : 'is'} on the clipboard.`,
    });
    setTimeout(() => dismissNotice(shown), shownMs);
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
