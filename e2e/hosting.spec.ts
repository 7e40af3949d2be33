import { expect, openSample, readyMap, test } from './journey';
import { startStaticHost } from './static-host';

test('the served page isolates itself and names where it may connect', async ({ page, request }) => {
  await openSample(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const worker = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .find((name) => name.includes('worker')),
  );
  for (const address of ['/', worker ?? '/missing-worker']) {
    const headers = (await request.get(address)).headers();
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
  }
});

test('works from a sub-path of a plain static server without any header', async ({ page }) => {
  const host = await startStaticHost('/tools/explorer/');
  await page.goto(host.url);
  await expect(readyMap(page)).toHaveAttribute('data-dataset', 'Sample');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expect(await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')).toContain(
    "default-src 'none'",
  );
  await page.getByRole('tab', { name: 'Matrix' }).click();
  await expect(page.getByRole('region', { name: 'Matrix' })).toHaveAttribute('data-state', 'ready');
  host.close();
});
