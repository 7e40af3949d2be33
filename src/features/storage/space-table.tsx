import { Button } from '@mantine/core';
import { useState } from 'react';
import { asWritten } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { deleteSpace, type StorageState } from '@/queries/storage';
import { showNotice } from '@/state/notices';
import { formatBytes } from './format-bytes';
import classes from './storage-page.module.css';

type Kept = StorageState['spaces'][number];

/** What is kept of each model. */
export function SpaceTable({ spaces }: { spaces: readonly Kept[] }) {
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label="Kept vectors">
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Host</th>
            <th scope="col" className={classes.number}>
              Vectors
            </th>
            <th scope="col" className={classes.number}>
              Size
            </th>
            <th scope="col">
              <span className="unseen">Delete</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {spaces.map((kept) => (
            <SpaceRow key={kept.space.id} kept={kept} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SpaceRow({ kept }: { kept: Kept }) {
  const { space, vectorCount, byteCount, datasetNames } = kept;
  const [isAsked, ask] = useState(false);
  const isImported = space.datasetId !== null && space.address !== '';
  const isBaseline = space.datasetId !== null && !isImported;
  const name = nameOf(kept);
  const count = vectorCount.toLocaleString('en');
  if (isAsked)
    return (
      <tr>
        <td colSpan={5}>
          {/* biome-ignore lint/a11y/useSemanticElements: two buttons and their question are no set of fields. */}
          <div className={classes.ask} role="group" aria-label={`Delete the vectors of ${name}?`}>
            <span>
              The {count} vectors of {name} go, and the runs that use them.{' '}
              {isImported && 'Their file can be added again.'}
              {isBaseline && 'Embedding again costs nothing.'}
              {!isImported && !isBaseline && 'Embedding again may cost again.'}
            </span>
            <Button
              size="xs"
              variant="default"
              className={classes.danger}
              onClick={() =>
                void deleteSpace(space.id).catch((error: Error) =>
                  showNotice({ tone: 'error', headline: `${name} was not deleted.`, detail: error.message }),
                )
              }
            >
              Delete
            </Button>
            <Button size="xs" variant="subtle" color="gray" autoFocus onClick={() => ask(false)}>
              Keep
            </Button>
          </div>
        </td>
      </tr>
    );
  return (
    <tr>
      <th scope="row" title={space.model}>
        {name}
        <small className={classes.datasets} dir="auto">
          {datasetNames.length === 0 ? 'used by no dataset' : datasetNames.join(', ')}
        </small>
      </th>
      <td>{isImported ? 'a file' : isBaseline ? 'this browser' : hostOf(space.address)}</td>
      <td className={classes.number}>{count}</td>
      <td className={classes.number}>{formatBytes(byteCount)}</td>
      <td className={classes.number}>
        <Button size="xs" variant="default" aria-label={`Delete ${name}`} onClick={() => ask(true)}>
          Delete
        </Button>
      </td>
    </tr>
  );
}

function nameOf({ space }: Kept): string {
  const { model, dimensions, datasetId, address } = space;
  if (datasetId !== null && address === '')
    return runName({ provider: 'baseline', baseUrl: '', model, dimensions, texts: asWritten, datasetId });
  return dimensions === null ? model : `${model} · ${dimensions}`;
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
