import { describe, expect, it } from 'vitest';
import { createKeyRing } from './key-ring';

function makeDevice(initial: Record<string, string> = {}) {
  const values = new Map(Object.entries(initial));
  return {
    values,
    getItem: (name: string) => values.get(name) ?? null,
    setItem: (name: string, value: string) => {
      values.set(name, value);
    },
    removeItem: (name: string) => {
      values.delete(name);
    },
  };
}

const home = 'https://api.example.com/v1';
const other = 'https://other.example.com/v1';

describe('the key ring', () => {
  it('gives a key to the origin it was given for, whatever the path, and to no other', () => {
    const ring = createKeyRing(makeDevice());
    ring.keep(home, 'secret-1');
    expect(ring.keyFor('https://API.example.com:443/v2')).toBe('secret-1');
    for (const url of [other, 'http://api.example.com/v1', 'https://api.example.com:8443/v1'])
      expect(ring.keyFor(url)).toBeNull();
  });

  it('puts nothing on the device unless asked to', () => {
    const device = makeDevice();
    const ring = createKeyRing(device);
    ring.keep(home, 'secret-1');
    expect([...device.values]).toEqual([]);
    expect(createKeyRing(device).keyFor(home)).toBeNull();
    expect(ring.isRemembered(home)).toBe(false);
  });

  it('remembers, stops remembering and forgets, origin by origin', () => {
    const device = makeDevice();
    const ring = createKeyRing(device);
    expect(ring.remember(home)).toBe(false);
    ring.keep(home, 'secret-1');
    ring.keep(other, 'secret-2');
    expect([ring.remember(home), ring.remember(other)]).toEqual([true, true]);
    expect(device.values.size).toBe(1);
    const later = createKeyRing(device);
    expect([later.keyFor(home), later.keyFor(other)]).toEqual(['secret-1', 'secret-2']);
    later.stopRemembering(other);
    expect([later.keyFor(other), later.isRemembered(other)]).toEqual(['secret-2', false]);
    later.forget(home);
    expect([later.keyFor(home), later.isRemembered(home)]).toEqual([null, false]);
    expect([...device.values]).toEqual([]);
  });

  it('survives a damaged record, a device that refuses and one that is not there', () => {
    for (const text of ['{', '7', 'null', '["a"]', '{"nonsense":"x","https://a.example":5}']) {
      const ring = createKeyRing(makeDevice({ 'murmuration-keys': text }));
      expect(ring.keyFor('https://a.example')).toBeNull();
    }
    const full = createKeyRing({
      ...makeDevice(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    full.keep(home, 'secret-1');
    expect([full.remember(home), full.keyFor(home)]).toEqual([false, 'secret-1']);
    const none = createKeyRing(null);
    none.keep(home, 'secret-1');
    expect([none.remember(home), none.isRemembered(home), none.keyFor(home)]).toEqual([
      false,
      false,
      'secret-1',
    ]);
  });
});
