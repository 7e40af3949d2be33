import { colourWordsOf, textOf } from './open-report';
import classes from './report.module.css';
import { useReport } from './report-state';

/** The small card of a row under the pointer. */
export function RowCard({ row }: { row: number }) {
  const { report } = useReport();
  const group = colourWordsOf(report, row);
  return (
    <div className={classes.card}>
      <p className={classes.cardText} dir="auto">
        {textOf(report, row)}
      </p>
      <p className={classes.note}>
        row {row}
        {group !== '' && <span dir="auto"> · {group}</span>}
      </p>
    </div>
  );
}
