import { createStore } from 'zustand/vanilla';
import { isRemote, type RunSpec } from '@/core/embedding/run';
import { keyRing } from '@/providers/key-ring';
import { baseUrlOf } from '@/queries/providers';
import { chooseProvider, enterBaseUrl, noteKeyChange, providerStore } from '@/state/provider-choice';

/** Whether the key field should take the focus as soon as it is on the screen. */
export const keyWishStore = createStore<{ isWanted: boolean }>(() => ({ isWanted: false }));

/**
 * Hands a key over for the origin of a base URL; after this nobody but the request function reads it. It ends with the tab
 * unless it is to be remembered. False where the browser refused to remember it.
 */
export function giveKey(baseUrl: string, key: string, isToRemember: boolean): boolean {
  keyRing.keep(baseUrl, key);
  const isKept = rememberKey(baseUrl, isToRemember);
  noteKeyChange(true);
  return isKept;
}

/** Puts a key that was given on this device, or takes it off. False where the browser refused. */
export function rememberKey(baseUrl: string, isToRemember: boolean): boolean {
  if (isToRemember) return keyRing.remember(baseUrl);
  keyRing.stopRemembering(baseUrl);
  return true;
}

/** Takes a key out of memory and off this device. */
export function forgetKey(baseUrl: string): void {
  keyRing.forget(baseUrl);
  noteKeyChange(false);
}

/** Whether there is a key for the origin of a base URL; false where it is no URL. */
export function hasKey(baseUrl: string): boolean {
  return URL.canParse(baseUrl) && keyRing.keyFor(baseUrl) !== null;
}

/** Whether that key is on this device. */
export function isKeyRemembered(baseUrl: string): boolean {
  return URL.canParse(baseUrl) && keyRing.isRemembered(baseUrl);
}

/** Brings the key field of a run's server to the person's attention. */
export function askForKey({ provider, baseUrl }: Pick<RunSpec, 'provider' | 'baseUrl'>): void {
  const chosen = providerStore.getState();
  if (!isRemote(provider)) return;
  if (chosen.provider !== provider) chooseProvider(provider);
  if (baseUrlOf(provider, providerStore.getState().baseUrl) !== baseUrl) enterBaseUrl(baseUrl);
  keyWishStore.setState({ isWanted: true });
}

/** Called by the key field once it has the focus. */
export function answerKeyWish(): void {
  keyWishStore.setState({ isWanted: false });
}
