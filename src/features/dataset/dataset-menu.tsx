import { Button, Group, Menu, Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronDown, FileText, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { countOf } from '@/core/count-of';
import { datasetListQuery, forgetDataset, reopenDataset } from '@/queries/datasets';
import { useDataset } from '@/queries/use-workspace';
import { openAddData } from '@/state/dialogs';
import { showNotice } from '@/state/notices';
import styles from './dataset-menu.module.css';
import { describeMoment } from './describe-moment';

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly rowCount: number;
  /** Null for data that storage refused: it is on the screen only. */
  readonly savedAt: number | null;
}

function failWith(headline: string) {
  return (error: unknown) => {
    showNotice({
      tone: 'error',
      subject: 'datasets kept',
      headline,
      text: 'What is on the screen stays. Reload the page and try again.',
      detail: error instanceof Error ? error.message : null,
    });
  };
}

/** The top bar's menu of the datasets kept in this browser: change to one, remove one, add another. */
export function DatasetMenu() {
  const current = useDataset();
  const { data: kept = [], isError } = useQuery(datasetListQuery());
  const [removing, setRemoving] = useState<Listed | null>(null);
  // Its place is kept while the page opens: what stands beside it must not move under a pointer.
  if (current === null) return <div className={styles.opening} />;
  const listed: Listed[] = kept.some(({ id }) => id === current.id)
    ? kept
    : [{ id: current.id, name: current.name, rowCount: current.rowCount, savedAt: null }, ...kept];
  return (
    <>
      <Menu
        position="bottom-start"
        width={320}
        offset={4}
        withinPortal={false}
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <Button
            variant="default"
            className={styles.button}
            leftSection={<FileText size={16} strokeWidth={1.5} aria-hidden />}
            rightSection={<ChevronDown size={14} strokeWidth={1.5} aria-hidden />}
          >
            <span className={styles.face}>
              <span className={styles.name} dir="auto" title={current.name}>
                {current.name}
              </span>{' '}
              <span className={styles.rows}>{countOf(current.rowCount, 'row')}</span>
            </span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={styles.dropdown}>
          <div className={styles.heading}>
            {isError ? 'This browser’s storage cannot be read' : 'Kept in this browser'}
          </div>
          <div className={styles.list}>
            {listed.map((dataset) => {
              const isCurrent = dataset.id === current.id;
              return (
                <div key={dataset.id} className={styles.entry}>
                  <Menu.Item
                    className={styles.dataset}
                    aria-current={isCurrent || undefined}
                    leftSection={
                      <Check
                        size={14}
                        strokeWidth={1.5}
                        aria-hidden
                        className={isCurrent ? undefined : styles.hidden}
                      />
                    }
                    onClick={() => {
                      if (!isCurrent)
                        reopenDataset(dataset.id).catch(failWith(`${dataset.name} cannot be opened.`));
                    }}
                  >
                    <span className={styles.entryName} dir="auto">
                      {dataset.name}
                    </span>{' '}
                    <span className={styles.entryAbout}>
                      {countOf(dataset.rowCount, 'row')}
                      {dataset.savedAt === null
                        ? ' · not kept'
                        : ` · ${describeMoment(dataset.savedAt, Date.now())}`}
                    </span>
                  </Menu.Item>
                  {!isCurrent && (
                    <Menu.Item
                      className={styles.remove}
                      aria-label={`Remove ${dataset.name}`}
                      onClick={() => setRemoving(dataset)}
                    >
                      <Trash2 size={14} strokeWidth={1.5} aria-hidden />
                    </Menu.Item>
                  )}
                </div>
              );
            })}
          </div>
          <Menu.Divider />
          <Menu.Item
            leftSection={<Plus size={14} strokeWidth={1.5} aria-hidden />}
            onClick={() => openAddData()}
          >
            Add data…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title="Remove data"
        size={400}
        transitionProps={{ duration: 120, exitDuration: 0 }}
        closeButtonProps={{ 'aria-label': 'Close' }}
        attributes={{ header: { role: 'presentation' } }}
        classNames={{ title: styles.title }}
      >
        {removing !== null && (
          <>
            <Text size="sm">
              <strong className={styles.strong} dir="auto">
                {removing.name}
              </strong>
              , {countOf(removing.rowCount, 'row')}, is removed from this browser with its runs. This cannot
              be undone. Vectors that a server sent stay until they are deleted in Settings, so that the same
              texts are not paid for twice.
            </Text>
            <Group justify="flex-end" gap={8} mt={16}>
              <Button variant="subtle" color="gray" data-autofocus onClick={() => setRemoving(null)}>
                Keep
              </Button>
              <Button
                variant="default"
                className={styles.danger}
                onClick={() => {
                  setRemoving(null);
                  forgetDataset(removing.id).catch(failWith(`${removing.name} was not removed.`));
                }}
              >
                Remove
              </Button>
            </Group>
          </>
        )}
      </Modal>
    </>
  );
}

/** The top bar's button `Add data`. */
export function AddDataButton() {
  return (
    <Button
      variant="default"
      leftSection={<Plus size={16} strokeWidth={1.5} aria-hidden />}
      onClick={() => openAddData()}
    >
      <span className="beside-icon">Add data</span>
    </Button>
  );
}
