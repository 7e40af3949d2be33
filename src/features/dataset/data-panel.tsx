import { Button, FileButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Copy, Info, Layers, Upload } from 'lucide-react';
import { useId } from 'react';
import { countOf } from '@/core/count-of';
import { columnNamed, type Dataset } from '@/core/dataset/dataset';
import { computedForever } from '@/queries/query-client';
import { useDataset } from '@/queries/use-workspace';
import { openAddData } from '@/state/dialogs';
import { countDistinct } from './count-distinct';
import styles from './data-panel.module.css';
import { describeDuplicates, describeSkipped } from './describe-import';
import { acceptedFiles } from './source-fields';

/** The left column's section on the data: what is on the screen, what was left out, and where more comes in. */
export function DataPanel() {
  const titleId = useId();
  const dataset = useDataset();
  return (
    <section className={styles.panel} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.title}>
        Data
      </h2>
      {dataset !== null && <Description dataset={dataset} />}
      <div className={styles.drop}>
        <p>
          <Upload size={16} strokeWidth={1.5} aria-hidden />
          Drop texts, a table, Parquet or vectors
        </p>
        <div className={styles.ways}>
          <FileButton
            multiple
            accept={acceptedFiles}
            onChange={(files) => files.length > 0 && openAddData(files)}
          >
            {(props) => (
              <Button {...props} variant="default">
                Choose files
              </Button>
            )}
          </FileButton>
          <Button variant="default" onClick={() => openAddData()}>
            Paste texts
          </Button>
        </div>
      </div>
    </section>
  );
}

function Description({ dataset }: { dataset: Dataset }) {
  const { name, rowCount, textColumn, labelColumn, sets, notes } = dataset;
  const label = columnNamed(dataset, labelColumn);
  const { data: values } = useQuery({
    ...computedForever,
    queryKey: ['distinct cells', dataset.id, labelColumn],
    queryFn: ({ signal }) => (label === undefined ? 0 : countDistinct(label.cells, signal)),
  });
  const duplicates = describeDuplicates(notes);
  return (
    <div>
      <p className={styles.name} dir="auto" title={name}>
        {name}
      </p>
      <p className={styles.about}>
        {countOf(rowCount, 'row')}
        {textColumn !== null && (
          <>
            {' '}
            · text: <bdi>{textColumn}</bdi>
          </>
        )}
        {label !== undefined && (
          <>
            {' '}
            · label: <bdi>{label.name}</bdi>
            {values !== undefined && `, ${countOf(values, 'value')}`}
          </>
        )}
      </p>
      <ul className={styles.notes}>
        {sets.length > 1 && (
          <li>
            <Layers size={14} strokeWidth={1.5} aria-hidden />
            <span>
              {countOf(sets.length, 'set')}: {sets.join(', ')}
            </span>
          </li>
        )}
        <li>
          <Info size={14} strokeWidth={1.5} aria-hidden />
          <span>{describeSkipped(notes)}</span>
        </li>
        {duplicates !== null && (
          <li>
            <Copy size={14} strokeWidth={1.5} aria-hidden />
            <span>{duplicates}</span>
          </li>
        )}
        {notes.remarks.map((remark) => (
          <li key={remark}>
            <Info size={14} strokeWidth={1.5} aria-hidden />
            <span>{remark}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
