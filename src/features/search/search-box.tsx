import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useDataset } from '@/queries/use-workspace';
import { changeSearch, clearSearch, resetSearch, searchStore, typeSearch } from '@/state/search';
import classes from './search.module.css';
import { useMeaningRuns } from './use-meaning-runs';

/** The field in the top bar: looks for a text as it is typed, by meaning once Enter is pressed. */
export function SearchBox() {
  const dataset = useDataset();
  const text = useStore(searchStore, (search) => search.text);
  const field = useRef<HTMLInputElement>(null);
  const { ask } = useMeaningRuns();
  const datasetId = dataset?.id;
  const before = useRef(datasetId);
  useEffect(() => {
    if (before.current !== undefined && before.current !== datasetId) resetSearch();
    before.current = datasetId;
  }, [datasetId]);

  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') ask();
    else if (event.key === 'Escape') {
      event.stopPropagation();
      if (!clearSearch()) field.current?.blur();
    } else if (event.key === 'ArrowDown') {
      const first = document.querySelector<HTMLElement>('[data-found] button[data-row]');
      if (first === null) return;
      event.preventDefault();
      first.focus();
    }
  };
  return (
    <div className={classes.box} data-search="">
      <Search size={14} strokeWidth={1.5} aria-hidden="true" className={classes.glass} />
      <input
        ref={field}
        type="search"
        className={classes.field}
        aria-label="Search"
        aria-keyshortcuts="/"
        placeholder="Search texts"
        autoComplete="off"
        spellCheck={false}
        maxLength={4000}
        value={text}
        onChange={(event) => typeSearch(event.currentTarget.value)}
        onFocus={() => changeSearch({ isOpen: searchStore.getState().text !== '' })}
        onKeyDown={handleKey}
      />
      {text === '' && (
        <span className={classes.key} aria-hidden="true">
          /
        </span>
      )}
    </div>
  );
}
