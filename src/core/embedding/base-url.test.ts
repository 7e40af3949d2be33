import { describe, expect, it } from 'vitest';
import { readBaseUrl } from './base-url';
import { ProviderError } from './provider-error';

describe('readBaseUrl', () => {
  it.each([
    ['https://api.example.com/v1', 'https://api.example.com', '/v1'],
    [' https://API.example.com:443/v1// ', 'https://api.example.com', '/v1'],
    ['https://example.com', 'https://example.com', ''],
    ['http://localhost:8787/v1', 'http://localhost:8787', '/v1'],
    ['http://127.0.0.1:8787', 'http://127.0.0.1:8787', ''],
    ['http://127.0.0.1:8787/a/b/', 'http://127.0.0.1:8787', '/a/b'],
  ])('reads %s', (text, origin, path) => {
    expect(readBaseUrl(text)).toMatchObject({ origin, path });
  });

  it.each([
    ['', /complete address/],
    ['api.example.com/v1', /complete address/],
    ['http://example.com/v1', /unencrypted/],
    ['http://localhost.example.com/v1', /unencrypted/],
    ['http://127.0.0.1.example.com/v1', /unencrypted/],
    ['https://secret-name:secret-word@example.com/v1', /user name/],
    ['http://[::1]:8787/v1', /unencrypted/],
    ['ftp://example.com', /https/],
    ['javascript:alert(1)', /https/],
    ['https://example.com/v1?key=secret-word', /\? or #/],
    ['https://example.com/v1#secret-word', /\? or #/],
  ])('refuses %s and says why without repeating it', (text, why) => {
    let error: unknown;
    try {
      readBaseUrl(text);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ kind: 'rejected', message: expect.stringMatching(why) });
    expect(String(error)).not.toContain('secret');
  });
});
