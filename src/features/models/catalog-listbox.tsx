import { Check, ExternalLink } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { baselineModels } from '@/core/embedding/baseline/baseline-models';
import { hintFor } from '@/queries/catalog';
import { chooseModels, providerStore } from '@/state/provider-choice';
import classes from './catalog-listbox.module.css';
import { describeModel, splitModelId } from './describe-model';
import type { ListedModel, ModelList } from './list-models';

const pageStep = 6;
const typeAheadMs = 700;

/** Multi-select list of models. The links to their pages stand beside the options, since an option may hold no control. */
export function CatalogListbox({ list }: { list: ModelList }) {
  const chosen = useStore(providerStore, (state) => state.chosen);
  const [active, setActive] = useState(0);
  const typed = useRef({ text: '', at: 0 });
  const options = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const { listed, matches } = list;
  const hasPages = listed.some(({ page }) => page !== null);

  function toggle(id: string) {
    chooseModels(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  }

  function moveTo(place: number) {
    const next = Math.min(listed.length - 1, Math.max(0, place));
    setActive(next);
    options.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  }

  function typeAhead(letter: string) {
    const now = performance.now();
    const text = (now - typed.current.at < typeAheadMs ? typed.current.text : '') + letter.toLowerCase();
    typed.current = { text, at: now };
    const from = text.length > 1 ? active : active + 1;
    const order = [...listed.keys()].map((step) => (from + step) % listed.length);
    const found = order.find((place) => beginsWith(listed[place]!, text));
    if (found !== undefined) moveTo(found);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = performance.now() - typed.current.at < typeAheadMs && typed.current.text !== '';
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + pageStep,
      PageUp: active - pageStep,
      Home: 0,
      End: listed.length - 1,
    };
    const move = moves[event.key];
    const current = listed[active];
    if (move !== undefined) moveTo(move);
    else if (event.key === 'Enter' || (event.key === ' ' && !isTyping)) {
      if (current !== undefined) toggle(current.id);
    } else if (event.key.length === 1) typeAhead(event.key);
    else return;
    event.preventDefault();
  }

  return (
    <div
      className={classes.scroll}
      data-pages={hasPages || undefined}
      style={{ gridTemplateRows: `repeat(${listed.length}, auto)` }}
    >
      <div
        ref={options}
        role="listbox"
        aria-label="Catalog"
        aria-multiselectable="true"
        aria-activedescendant={`${prefix}-${active}`}
        tabIndex={0}
        className={classes.options}
        onKeyDown={onKeyDown}
      >
        {listed.map((model, place) => (
          <CatalogOption
            key={model.id}
            id={`${prefix}-${place}`}
            model={model}
            place={place}
            setSize={matches}
            isActive={place === active}
            isChosen={chosen.includes(model.id)}
            onPress={() => {
              setActive(place);
              toggle(model.id);
            }}
          />
        ))}
      </div>
      {hasPages && (
        <div className={classes.pages}>
          {listed.map(({ id, page }, place) =>
            page === null ? (
              <span key={id} className={classes.noPage} />
            ) : (
              <a
                key={id}
                href={page}
                target="_blank"
                rel="noreferrer"
                className={classes.page}
                aria-label={`Page of ${id}`}
                title={`Page of ${id}`}
                tabIndex={place === active ? 0 : -1}
              >
                <ExternalLink size={14} strokeWidth={1.5} aria-hidden="true" />
              </a>
            ),
          )}
        </div>
      )}
    </div>
  );
}

function beginsWith(model: ListedModel, text: string): boolean {
  const { name } = splitModelId(model.id);
  return model.id.toLowerCase().startsWith(text) || name.toLowerCase().startsWith(text);
}

interface OptionProps {
  id: string;
  model: ListedModel;
  place: number;
  setSize: number;
  isActive: boolean;
  isChosen: boolean;
  onPress(): void;
}

function CatalogOption({ id, model, place, setSize, isActive, isChosen, onPress }: OptionProps) {
  const { organisation, name } = splitModelId(model.id);
  const baseline = baselineModels.find((other) => other.id === model.id);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox answers the keyboard for its options.
    <div
      id={id}
      role="option"
      aria-label={model.id}
      aria-describedby={`${id}-more`}
      aria-selected={isChosen}
      aria-setsize={setSize}
      aria-posinset={place + 1}
      tabIndex={-1}
      className={classes.option}
      data-active={isActive || undefined}
      data-wraps={baseline !== undefined || undefined}
      title={model.id}
      onClick={onPress}
      onMouseDown={(event) => {
        // The focus belongs to the listbox, not to the option.
        event.preventDefault();
        event.currentTarget.parentElement?.focus({ preventScroll: true });
      }}
    >
      <span className={classes.box} aria-hidden="true">
        {isChosen && <Check size={12} strokeWidth={2.5} />}
      </span>
      <span className={classes.words}>
        <span className={classes.name}>
          {baseline === undefined ? (
            <>
              {organisation !== '' && <span className={classes.organisation}>{organisation}</span>}
              <span className={classes.model}>{name}</span>
            </>
          ) : (
            baseline.name
          )}
        </span>
        <span className={classes.more} id={`${id}-more`}>
          {describeModel(model, hintFor(model.id))}
        </span>
      </span>
    </div>
  );
}
