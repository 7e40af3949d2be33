import { isRemote, type RunRecord } from '@/core/embedding/run';
import { compute } from '@/queries/compute-client';
import { hasKey } from '@/queries/key';

/** Origins that refused a request for want of a key, and origins that were sent one. */
const origins = { refused: new Set<string>(), given: new Set<string>() };

const settings = {
  refused: 'origins that need a key',
  given: 'origins that were sent a key',
} as const satisfies Record<keyof typeof origins, string>;

const kinds = ['refused', 'given'] as const;

export async function loadKeyNeeds(): Promise<void> {
  for (const kind of kinds) {
    const kept = await compute.call('loadSetting', { key: settings[kind] }).catch(() => null);
    if (!Array.isArray(kept)) continue;
    for (const origin of kept) if (typeof origin === 'string') origins[kind].add(origin);
  }
}

/** Remembers that the server of a base URL asks for a key, or was sent one. */
export function noteKeyNeed(baseUrl: string, kind: keyof typeof origins): void {
  const { origin } = new URL(baseUrl);
  const known = origins[kind];
  if (known.has(origin)) return;
  known.add(origin);
  compute.call('saveSetting', { key: settings[kind], value: [...known] }).catch(() => {});
}

/** Whether a run cannot send because its server wants a key and none was given. */
export function lacksKey({ spec }: RunRecord): boolean {
  if (!isRemote(spec.provider) || !URL.canParse(spec.baseUrl) || hasKey(spec.baseUrl)) return false;
  return spec.provider === 'featherless' || origins.refused.has(new URL(spec.baseUrl).origin);
}

/** Whether a run was sent with a key that is no longer there; whether the server insists on it is not known. */
export function hasLostKey(run: RunRecord): boolean {
  const { spec } = run;
  if (!isRemote(spec.provider) || !URL.canParse(spec.baseUrl) || hasKey(spec.baseUrl)) return false;
  return lacksKey(run) || origins.given.has(new URL(spec.baseUrl).origin);
}
