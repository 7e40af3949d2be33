import { ModelMark } from '@/gl/model-mark';
import { commit, type View } from '@/state/view';
import type { TableColumn } from './table-column';
import classes from './table-view.module.css';

interface Props {
  columns: readonly TableColumn[];
  sort: View['tableSort'];
  filters: View['tableFilters'];
  unreadable: ReadonlySet<string>;
  selected: 'all' | 'some' | 'none';
  onSelectAll(): void;
}

/** The names of the columns, which sort, and under each a field that filters. */
export function GridHead({ columns, sort, filters, unreadable, selected, onSelectAll }: Props) {
  return (
    <thead className={classes.head}>
      <tr aria-rowindex={1}>
        <th scope="col">
          <input
            type="checkbox"
            className={classes.tick}
            aria-label="Select all rows shown"
            checked={selected === 'all'}
            ref={(box) => {
              if (box !== null) box.indeterminate = selected === 'some';
            }}
            onChange={onSelectAll}
          />
        </th>
        {columns.map((column) => (
          <ColumnName
            key={column.key}
            column={column}
            direction={
              sort?.column === column.key ? (sort.isDescending ? 'descending' : 'ascending') : 'none'
            }
          />
        ))}
      </tr>
      <tr aria-rowindex={2}>
        <td />
        {columns.map(({ key, name, isNumeric, slot }) => (
          <td key={key}>
            <input
              className={classes.filter}
              aria-label={`Filter ${name}${slot === undefined ? '' : ` ${key}`}`}
              aria-invalid={unreadable.has(key)}
              title={unreadable.has(key) ? 'Write a number, > 0.5, <= 3 or 1..5' : undefined}
              placeholder={isNumeric ? '> 5' : 'contains'}
              autoComplete="off"
              spellCheck={false}
              value={filters[key] ?? ''}
              onChange={(event) => commit({ tableFilters: { ...filters, [key]: event.currentTarget.value } })}
            />
          </td>
        ))}
      </tr>
    </thead>
  );
}

type Direction = 'ascending' | 'descending' | 'none';

function ColumnName({ column, direction }: { column: TableColumn; direction: Direction }) {
  const { name, note, slot, isNumeric } = column;
  return (
    <th scope="col" aria-sort={direction} className={isNumeric ? classes.numeric : undefined}>
      <button
        type="button"
        className={classes.sort}
        data-sorted={direction !== 'none' || undefined}
        title={note === undefined ? name : `${name}: ${note}`}
        onClick={() => commit({ tableSort: nextSort(column, direction) }, `Sort by ${name}`)}
      >
        {slot !== undefined && <ModelMark slot={slot} size={10} />}
        <span className={classes.name}>{name}</span>
        {slot !== undefined && note !== undefined && <span className="unseen">, {note}</span>}
        {direction !== 'none' && <span aria-hidden="true">{direction === 'ascending' ? '↑' : '↓'}</span>}
      </button>
    </th>
  );
}

/** One way, then the other, then not at all. */
function nextSort({ key, startsHigh = false }: TableColumn, direction: Direction): View['tableSort'] {
  if (direction === 'none') return { column: key, isDescending: startsHigh };
  const isFirst = (direction === 'descending') === startsHigh;
  return isFirst ? { column: key, isDescending: !startsHigh } : null;
}
