import { ModelMark } from '@/gl/model-mark';
import { nearestOf, textOf } from './open-report';
import classes from './report.module.css';
import { useReport } from './report-state';

/** The nearest texts of a row, one column a model; those that several columns hold are marked. */
export function NearestLists({ row, count }: { row: number; count: number }) {
  const { report, hover, keep } = useReport();
  const { maps } = report;
  const lists = maps.map((map) => nearestOf(map, row).slice(0, count));
  const times = new Map<number, number>();
  for (const list of lists) for (const near of list) times.set(near.row, (times.get(near.row) ?? 0) + 1);
  return (
    <div className={classes.lists}>
      {maps.map(({ run }, i) => (
        <div key={run.id}>
          <h3 className={classes.listName}>
            <ModelMark slot={run.slot} /> {run.name}
          </h3>
          {lists[i]!.length === 0 ? (
            <p className={classes.note}>This model has no vector for this row.</p>
          ) : (
            <ol className={classes.list} aria-label={`Nearest in ${run.name}`}>
              {lists[i]!.map((near) => (
                <li key={near.row}>
                  <button
                    type="button"
                    className={classes.near}
                    data-row={near.row}
                    data-shared={maps.length > 1 && times.get(near.row)! > 1 ? true : undefined}
                    title={
                      maps.length > 1 && times.get(near.row)! > 1 ? 'In another model’s list too' : undefined
                    }
                    onClick={() => keep(near.row)}
                    onPointerEnter={() => hover.set(near.row)}
                    onPointerLeave={() => hover.set(null)}
                  >
                    <span dir="auto">{textOf(report, near.row)}</span>
                    <span className={classes.number}>{near.similarity}</span>
                  </button>
                </li>
              ))}
            </ol>
          )}
        </div>
      ))}
    </div>
  );
}
