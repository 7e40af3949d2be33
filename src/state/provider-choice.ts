import { createStore } from 'zustand/vanilla';
import { asWritten, type CatalogProviderId, type TextOptions } from '@/core/embedding/run';

/** How the texts of the runs to come are sent; prefixes may be each model's own. */
export interface TextChoice extends TextOptions {
  readonly prefixes: 'suggested' | 'none' | 'own';
}

interface ProviderChoice {
  readonly provider: CatalogProviderId;
  /** Base URL of the OpenAI-compatible server; empty until entered. */
  readonly baseUrl: string;
  /** Model ids chosen to be embedded, per provider and server. */
  readonly chosen: readonly string[];
  /** Model ids typed by hand, listed with the catalog. */
  readonly byHand: readonly string[];
  readonly dimensions: number | null;
  readonly texts: TextChoice;
  /** Whether the catalog may be asked: a person pressed for it, gave a key or a base URL, or searched. */
  readonly catalogAsked: boolean;
  /** Counts key changes, so that what depends on a key is asked again; the key itself is not here. */
  readonly keyRevision: number;
}

const asSuggested: TextChoice = { ...asWritten, prefixes: 'suggested' };

export const providerStore = createStore<ProviderChoice>(() => ({
  provider: 'featherless',
  baseUrl: '',
  chosen: [],
  byHand: [],
  dimensions: null,
  texts: asSuggested,
  catalogAsked: false,
  keyRevision: 0,
}));

export function chooseProvider(provider: CatalogProviderId): void {
  providerStore.setState({
    provider,
    chosen: [],
    byHand: [],
    catalogAsked: false,
    dimensions: null,
    texts: asSuggested,
  });
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

export function enterTextOptions(change: Partial<TextChoice>): void {
  providerStore.setState(({ texts }) => ({ texts: { ...texts, ...change } }));
}

export function noteKeyChange(present: boolean): void {
  providerStore.setState(({ keyRevision, catalogAsked }) => ({
    keyRevision: keyRevision + 1,
    catalogAsked: catalogAsked || present,
  }));
}
