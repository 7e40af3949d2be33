import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { readBaseUrl } from '@/core/embedding/base-url';
import { baseUrlOf } from '@/queries/catalog';
import { answerKeyWish, forgetKey, giveKey, hasKey, keyWishStore } from '@/queries/key';
import { enterBaseUrl, providerStore } from '@/state/provider-choice';

/** The two fields that say where requests go and with which key. */
export interface ServerFields {
  readonly urlField: RefObject<HTMLInputElement | null>;
  readonly keyField: RefObject<HTMLInputElement | null>;
  /** Whether the key is to be remembered on this device. */
  readonly rememberField: RefObject<HTMLInputElement | null>;
  readonly urlProblem: string | null;
  readonly keyProblem: string | null;
  readonly isKeyGiven: boolean;
  readonly isKeyOpen: boolean;
  /** Takes over what stands in the fields; the key field is empty afterwards. */
  commit(): void;
  /** The same when a field loses the focus, but not between the two halves of a click. */
  commitAfterPointer(): void;
  clearProblems(): void;
  openKey(isOpen: boolean): void;
  forgetKey(): void;
  /** Says that the browser would not remember the key. */
  sayNotRemembered(): void;
  demandKey(): void;
  demandUrl(): void;
}

const notRemembered =
  'The browser does not let this page remember the key on this device. It is kept in memory until you close this tab.';

function problemWith(baseUrl: string): string | null {
  try {
    readBaseUrl(baseUrl);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Reads both fields without ever putting their text into React's state, where it would reach an attribute. */
export function useServerFields(): ServerFields {
  const provider = useStore(providerStore, (state) => state.provider);
  const entered = useStore(providerStore, (state) => state.baseUrl);
  useStore(providerStore, (state) => state.keyRevision);
  const isKeyWanted = useStore(keyWishStore, (state) => state.isWanted);
  const urlField = useRef<HTMLInputElement>(null);
  const keyField = useRef<HTMLInputElement>(null);
  const rememberField = useRef<HTMLInputElement>(null);
  const [urlProblem, setUrlProblem] = useState<string | null>(null);
  const [keyProblem, setKeyProblem] = useState<string | null>(null);
  const [isKeyOpened, openKey] = useState(false);
  const isKeyGiven = hasKey(baseUrlOf(provider, entered));
  const isKeyOpen = isKeyOpened || isKeyWanted || !isKeyGiven;

  useEffect(() => {
    if (!isKeyWanted) return;
    openKey(true);
    keyField.current?.focus();
    keyField.current?.scrollIntoView({ block: 'nearest' });
    answerKeyWish();
  }, [isKeyWanted]);

  const commit = useCallback(() => {
    const url = urlField.current;
    if (url !== null) {
      const text = url.value.trim();
      const problem = text === '' ? null : problemWith(text);
      setUrlProblem(problem);
      const next = problem === null ? text : '';
      if (next !== providerStore.getState().baseUrl) enterBaseUrl(next);
    }
    const field = keyField.current;
    const key = field?.value.trim() ?? '';
    if (field === null || key === '') return;
    const { provider: to, baseUrl } = providerStore.getState();
    const server = baseUrlOf(to, baseUrl);
    if (server === '') {
      setKeyProblem('Enter the base URL first: a key is kept for one server only.');
      return;
    }
    field.value = '';
    setKeyProblem(null);
    if (giveKey(server, key, rememberField.current?.checked ?? false)) openKey(false);
    else {
      setKeyProblem(notRemembered);
      openKey(true);
    }
  }, []);

  const clearProblems = useCallback(() => {
    setUrlProblem(null);
    setKeyProblem(null);
  }, []);

  const commitAfterPointer = useCommitAfterPointer(commit);
  return {
    urlField,
    keyField,
    rememberField,
    urlProblem,
    keyProblem,
    isKeyGiven,
    isKeyOpen,
    commit,
    commitAfterPointer,
    clearProblems,
    openKey,
    forgetKey: () => {
      forgetKey(baseUrlOf(provider, entered));
      openKey(true);
    },
    sayNotRemembered: () => setKeyProblem(notRemembered),
    demandKey: () => {
      setKeyProblem('A key is needed to embed with this provider. Nothing was sent.');
      keyField.current?.focus();
    },
    demandUrl: () => {
      setUrlProblem('Enter the address of the server first. Nothing was sent.');
      urlField.current?.focus();
    },
  };
}

/** Folding a field between press and release would move the button under the pointer away, and its click with it. */
function useCommitAfterPointer(commit: () => void): () => void {
  const isPointerDown = useRef(false);
  useEffect(() => {
    const press = () => {
      isPointerDown.current = true;
    };
    const release = () => {
      isPointerDown.current = false;
    };
    document.addEventListener('pointerdown', press, true);
    document.addEventListener('pointerup', release, true);
    document.addEventListener('pointercancel', release, true);
    return () => {
      document.removeEventListener('pointerdown', press, true);
      document.removeEventListener('pointerup', release, true);
      document.removeEventListener('pointercancel', release, true);
    };
  }, []);
  return useCallback(() => {
    if (!isPointerDown.current) return commit();
    document.addEventListener('pointerup', () => setTimeout(commit, 0), { once: true, capture: true });
  }, [commit]);
}
