import { ActionIcon, Modal, Tooltip } from '@mantine/core';
import { Settings } from 'lucide-react';
import { useStore } from 'zustand';
import { StoragePage } from '@/features/storage/storage-page';
import { closeSettings, dialogStore, openSettings } from '@/state/dialogs';
import classes from './settings-dialog.module.css';

/** The top bar's button `Settings`. */
export function SettingsButton() {
  return (
    <Tooltip label="Settings">
      <ActionIcon aria-label="Settings" onClick={openSettings}>
        <Settings size={16} strokeWidth={1.5} />
      </ActionIcon>
    </Tooltip>
  );
}

/** The dialog `Settings`, one section a subject. */
export function SettingsDialog() {
  const isOpen = useStore(dialogStore, ({ isSettingsOpen }) => isSettingsOpen);
  return (
    <Modal
      opened={isOpen}
      onClose={closeSettings}
      title="Settings"
      size={720}
      transitionProps={{ duration: 120, exitDuration: 0 }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
      classNames={{ title: classes.title }}
    >
      <StoragePage />
    </Modal>
  );
}
