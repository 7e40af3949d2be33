import { Button, Modal, Radio, TextInput } from '@mantine/core';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { excerptLength, type TextShare } from '@/core/export/report-data';
import { commit, viewStore } from '@/state/view';
import classes from './report-dialog.module.css';

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
  opened: boolean;
  onClose(): void;
  onWrite(): void;
}

/** What a report is called and how much of the texts leaves with it. */
export function ReportDialog({ dataset, opened, onClose, onWrite }: Props) {
  const title = useStore(viewStore, ({ view }) => view.reportTitle);
  const share = useStore(viewStore, ({ view }) => view.reportTexts);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Report (HTML)"
      size={440}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.fields}>
        <p className={classes.about}>
          One file that opens in any browser, offline: the answer, scores, linked maps, the matrix, examples
          and your steps. Vectors and keys stay here.
        </p>
        <TextInput
          label="Title"
          placeholder={`What is alike in ${dataset.name}`}
          value={title}
          onChange={({ currentTarget }) => commit({ reportTitle: currentTarget.value })}
        />
        <Radio.Group
          label="Texts in the file"
          value={share}
          onChange={(value) => commit({ reportTexts: value as TextShare })}
        >
          {shares.map((one) => (
            <Radio key={one.value} {...one} className={classes.choice} />
          ))}
        </Radio.Group>
        <div className={classes.actions}>
          <Button size="md" onClick={onWrite}>
            Write the report
          </Button>
        </div>
      </div>
    </Modal>
  );
}
