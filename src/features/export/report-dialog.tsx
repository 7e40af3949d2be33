import { Button, Modal, Radio, TextInput } from '@mantine/core';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { excerptLength, type TextShare } from '@/core/export/report-data';
import type { ReportedRuns } from '@/queries/report';
import { commit, viewStore } from '@/state/view';
import { reportFile } from './file-items';
import classes from './report-dialog.module.css';
import { saveItem } from './save-item';

const shares: readonly { value: TextShare; label: string; description: string }[] = [
  { value: 'full', label: 'Whole texts', description: 'Readers can read and search everything.' },
  {
    value: 'excerpt',
    label: `The first ${excerptLength} characters of each`,
    description: 'Short texts are then whole.',
  },
  {
    value: 'none',
    label: 'No texts',
    description:
      'Labels, row numbers and numbers only; clusters lose the names made from their words. Steps keep theirs.',
  },
];

interface Props {
  dataset: Dataset;
  reported: ReportedRuns;
  opened: boolean;
  onClose(): void;
}

/** What a report is called and how much of the texts leaves with it. */
export function ReportDialog({ opened, onClose, ...about }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Report (HTML)"
      size={440}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Fields {...about} onClose={onClose} />
    </Modal>
  );
}

function Fields({ dataset, reported, onClose }: Omit<Props, 'opened'>) {
  const view = useStore(viewStore, (state) => state.view);
  const item = reportFile({ dataset, reported }, view);
  return (
    <div className={classes.fields}>
      <p className={classes.about}>
        One file that opens in any browser, offline: the answer, scores, linked maps, the matrix, examples and
        your steps. Vectors and keys stay here.
      </p>
      <TextInput
        label="Title"
        placeholder={`What is alike in ${dataset.name}`}
        value={view.reportTitle}
        onChange={({ currentTarget }) => commit({ reportTitle: currentTarget.value })}
      />
      <Radio.Group
        label="Texts in the file"
        value={view.reportTexts}
        onChange={(value) => commit({ reportTexts: value as TextShare })}
      >
        {shares.map((one) => (
          <Radio key={one.value} {...one} className={classes.choice} />
        ))}
      </Radio.Group>
      <div className={classes.actions}>
        <span className={classes.size}>About {item.size}</span>
        <Button
          size="md"
          onClick={() => {
            onClose();
            void saveItem(item);
          }}
        >
          Write the report
        </Button>
      </div>
    </div>
  );
}
