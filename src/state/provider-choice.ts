import { createStore } from 'zustand/vanilla';
import type { ProviderId } from '@/core/embedding/run';

interface ProviderChoice {
  readonly provider: ProviderId;
  /** Base URL of the OpenAI-compatible server; empty until entered. */
  readonly baseUrl: string;
  /** Model ids chosen to be embedded, per provider and server. */
  readonly chosen: readonly string[];
  /** Model ids typed by hand, listed with the catalog. */
  readonly byHand: readonly string[];
  readonly dimensions: number | null;
  /** Whether the catalog may be asked: a person pressed for it, gave a key or a base URL, or searched. */
  readonly catalogAsked: boolean;
  /** Counts key changes, so that what depends on a key is asked again; the key itself is not here. */
  readonly keyRevision: number;
}

export const providerStore = createStore<ProviderChoice>(() => ({
  provider: 'featherless',
  baseUrl: '',
  chosen: [],
  byHand: [],
  dimensions: null,
  catalogAsked: false,
  keyRevision: 0,
}));

export function chooseProvider(provider: ProviderId): void {
  providerStore.setState({ provider, chosen: [], byHand: [], catalogAsked: false, dimensions: null });
}

export function enterBaseUrl(baseUrl: string): void {
  providerStore.setState({ baseUrl, chosen: [], catalogAsked: baseUrl !== '' });
}

export function askForCatalog(): void {
  providerStore.setState({ catalogAsked: true });
}

export function chooseModels(chosen: readonly string[]): void {
  providerStore.setState({ chosen });
}

export function addModelByHand(id: string): void {
  providerStore.setState(({ byHand, chosen }) => ({
    byHand: byHand.includes(id) ? byHand : [...byHand, id],
    chosen: chosen.includes(id) ? chosen : [...chosen, id],
  }));
}

export function enterDimensions(dimensions: number | null): void {
  providerStore.setState({ dimensions });
}

export function noteKeyChange(present: boolean): void {
  providerStore.setState(({ keyRevision, catalogAsked }) => ({
    keyRevision: keyRevision + 1,
    catalogAsked: catalogAsked || present,
  }));
}
