import { createStore } from 'zustand/vanilla';
import type { RunSpec } from '@/core/embedding/run';
import { keepKey, keyFor } from '@/providers/key-ring';
import { baseUrlOf } from '@/queries/providers';
import { chooseProvider, enterBaseUrl, noteKeyChange, providerStore } from '@/state/provider-choice';

/** Whether the key field should take the focus as soon as it is on the screen. */
export const keyWishStore = createStore<{ isWanted: boolean }>(() => ({ isWanted: false }));

/** Hands a key over for the origin of a base URL; after this nobody but the request function reads it. Empty forgets it. */
export function giveKey(baseUrl: string, key: string): void {
  keepKey(baseUrl, key);
  noteKeyChange(key !== '');
}

/** Whether there is a key for the origin of a base URL; false where it is no URL. */
export function hasKey(baseUrl: string): boolean {
  return URL.canParse(baseUrl) && keyFor(baseUrl) !== null;
}

/** Brings the key field of a run's server to the person's attention. */
export function askForKey({ provider, baseUrl }: Pick<RunSpec, 'provider' | 'baseUrl'>): void {
  const chosen = providerStore.getState();
  if (chosen.provider !== provider) chooseProvider(provider);
  if (baseUrlOf(provider, providerStore.getState().baseUrl) !== baseUrl) enterBaseUrl(baseUrl);
  keyWishStore.setState({ isWanted: true });
}

/** Called by the key field once it has the focus. */
export function answerKeyWish(): void {
  keyWishStore.setState({ isWanted: false });
}
