import type { RunRecord } from '@/core/embedding/run';
import { compute } from '@/queries/compute-client';
import { hasKey } from '@/queries/key';

const needsSetting = 'origins that need a key';

/** Origins that refused a request for want of a key. */
const origins = new Set<string>();

export async function loadKeyNeeds(): Promise<void> {
  const kept = await compute.call('loadSetting', { key: needsSetting }).catch(() => null);
  if (Array.isArray(kept)) for (const origin of kept) if (typeof origin === 'string') origins.add(origin);
}

/** Remembers that the server of a base URL asks for a key. */
export function noteKeyNeed(baseUrl: string): void {
  const { origin } = new URL(baseUrl);
  if (origins.has(origin)) return;
  origins.add(origin);
  compute.call('saveSetting', { key: needsSetting, value: [...origins] }).catch(() => {});
}

/** Whether a run cannot send because its server wants a key and none was given. */
export function lacksKey({ spec }: RunRecord): boolean {
  if (spec.provider === 'baseline' || !URL.canParse(spec.baseUrl) || hasKey(spec.baseUrl)) return false;
  return spec.provider === 'featherless' || origins.has(new URL(spec.baseUrl).origin);
}
