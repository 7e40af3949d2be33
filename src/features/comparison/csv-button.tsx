import { ActionIcon, Tooltip } from '@mantine/core';
import { Download } from 'lucide-react';
import { saveFile } from '@/ui/save-file';

interface Props {
  /** Accessible name: "Scores (CSV)". */
  name: string;
  fileName: string;
  /** The file's text, made when it is asked for. */
  write(): string | Promise<string>;
}

/** Saves a table as it stands. */
export function CsvButton({ name, fileName, write }: Props) {
  return (
    <Tooltip label={name}>
      <ActionIcon
        aria-label={name}
        onClick={async () => saveFile(new Blob([await write()], { type: 'text/csv' }), fileName)}
      >
        <Download size={16} strokeWidth={1.5} />
      </ActionIcon>
    </Tooltip>
  );
}
