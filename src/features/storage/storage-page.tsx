import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteEverything, persistStorage, type StorageState, storageQuery } from '@/queries/storage';
import { showNotice } from '@/state/notices';
import { formatBytes } from './format-bytes';
import { SpaceTable } from './space-table';
import classes from './storage-page.module.css';

/** The section `Storage` of the settings: what this browser keeps, and how to be rid of it. */
export function StoragePage() {
  const { data, error } = useQuery(storageQuery());
  return (
    <section className={classes.page} aria-labelledby="storage-title">
      <h3 id="storage-title" className={classes.title}>
        Storage
      </h3>
      {error !== null && <p role="alert">What is kept cannot be read. {error.message}</p>}
      {data !== undefined && <StorageBody state={data} />}
    </section>
  );
}

function StorageBody({ state }: { state: StorageState }) {
  return (
    <>
      <p className={classes.words}>
        Texts and vectors are kept in this browser only. A text whose vector is kept is not sent to its model
        again, in any dataset.
      </p>
      {state.spaces.length === 0 ? (
        <p className={classes.words}>No vectors are kept yet.</p>
      ) : (
        <SpaceTable spaces={state.spaces} />
      )}
      <div className={classes.foot}>
        <span className={classes.words}>{describeUse(state)}</span>
        <Persistence isPersisted={state.isPersisted} />
        <DeleteAll />
      </div>
    </>
  );
}

function describeUse({ usedBytes, quotaBytes }: StorageState): string {
  if (usedBytes === null) return 'The browser does not say how much is used.';
  const used = `About ${formatBytes(usedBytes)} used`;
  return quotaBytes === null ? `${used}.` : `${used} of ${formatBytes(quotaBytes)} that the browser allows.`;
}

function Persistence({ isPersisted }: { isPersisted: boolean | null }) {
  const [isRefused, setRefused] = useState(false);
  if (isPersisted === null) return null;
  if (isPersisted) return <span className={classes.words}>Kept when the browser is short of space.</span>;
  return (
    <>
      <Button
        variant="default"
        onClick={() => void persistStorage().then((isGranted) => setRefused(!isGranted))}
      >
        Keep it when the browser is short of space
      </Button>
      {isRefused && (
        <span className={classes.words} role="status">
          The browser did not agree. It may once the page is bookmarked or used more often.
        </span>
      )}
    </>
  );
}

function DeleteAll() {
  const [isAsked, ask] = useState(false);
  if (!isAsked)
    return (
      <Button variant="default" className={classes.danger} onClick={() => ask(true)}>
        Delete all
      </Button>
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons and their question are no set of fields.
    <div className={classes.ask} role="group" aria-label="Delete everything?">
      <span>
        All texts, runs, vectors and settings kept in this browser go, and the page starts anew. Embedding
        again may cost again.
      </span>
      <Button
        variant="default"
        className={classes.danger}
        onClick={() =>
          void deleteEverything().catch((error: Error) =>
            showNotice({ tone: 'error', headline: 'Nothing was deleted.', detail: error.message }),
          )
        }
      >
        Delete everything
      </Button>
      <Button variant="subtle" color="gray" autoFocus onClick={() => ask(false)}>
        Keep
      </Button>
    </div>
  );
}
