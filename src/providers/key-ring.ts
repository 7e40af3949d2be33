/**
 * Keys by the origin they were given for. They are in memory and end with the tab; only the keys a person asked to be
 * remembered are on the device too, in one record of localStorage. Nothing else may hold a key, and no function here
 * returns more than the key of the origin asked for.
 */
export interface KeyRing {
  /** Takes the key for the origin of a base URL. Throws TypeError when it is no URL. */
  keep(baseUrl: string, key: string): void;
  keyFor(baseUrl: string): string | null;
  /** Puts the key that was given on the device too. False where there is none or the browser refused. */
  remember(baseUrl: string): boolean;
  isRemembered(baseUrl: string): boolean;
  /** Takes the key off the device; it stays in memory. */
  stopRemembering(baseUrl: string): void;
  /** Takes the key out of memory and off the device. */
  forget(baseUrl: string): void;
}

type DeviceStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const record = 'murmuration-keys';

/** A ring on a device, or in memory only where the browser lends none. */
export function createKeyRing(device: DeviceStorage | null): KeyRing {
  const remembered = () => readRecord(device);
  const keys = remembered();

  const write = (next: ReadonlyMap<string, string>): boolean => {
    try {
      if (next.size === 0) device?.removeItem(record);
      else device?.setItem(record, JSON.stringify(Object.fromEntries(next)));
      return device !== null;
    } catch {
      return false;
    }
  };
  const stopRemembering = (baseUrl: string) => {
    const next = remembered();
    if (next.delete(originOf(baseUrl))) write(next);
  };

  return {
    keep(baseUrl, key) {
      keys.set(originOf(baseUrl), key);
    },
    keyFor: (baseUrl) => keys.get(originOf(baseUrl)) ?? null,
    remember(baseUrl) {
      const key = keys.get(originOf(baseUrl));
      return key !== undefined && write(remembered().set(originOf(baseUrl), key));
    },
    isRemembered: (baseUrl) => remembered().has(originOf(baseUrl)),
    stopRemembering,
    forget(baseUrl) {
      keys.delete(originOf(baseUrl));
      stopRemembering(baseUrl);
    },
  };
}

function originOf(baseUrl: string): string {
  return new URL(baseUrl).origin;
}

/** What is on the device; a damaged record is none. */
function readRecord(device: DeviceStorage | null): Map<string, string> {
  try {
    const value: unknown = JSON.parse(device?.getItem(record) ?? '{}');
    return new Map(
      Object.entries(value ?? {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string' && URL.canParse(entry[0]),
      ),
    );
  } catch {
    return new Map();
  }
}

/** Reading the property alone throws where a browser blocks storage. */
function deviceStorage(): DeviceStorage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

/** The page's keys. */
export const keyRing: KeyRing = createKeyRing(deviceStorage());
