import type { Page } from '@playwright/test';
import type { Watch } from './journey';

export const featherlessHost = 'https://api.featherless.ai';

/** Takes the page's own server out of the way, as on a host that has none. */
export async function withoutForwarder(page: Page, watch: Watch): Promise<void> {
  watch.expectFailure('/featherless/v1/models', 404);
  await page.route('**/featherless/**', (route) => route.fulfill({ status: 404, body: '' }));
}

/** Puts a local server where the page expects Featherless, for a page that asks it directly. */
export async function standInForFeatherless(
  page: Page,
  server: { url: string },
  watch: Watch,
): Promise<void> {
  await withoutForwarder(page, watch);
  await page.route(`${featherlessHost}/**`, async (route) => {
    const request = route.request();
    const response = await fetch(request.url().replace(featherlessHost, server.url), {
      method: request.method(),
      headers: Object.fromEntries(
        Object.entries(request.headers()).filter(([name]) =>
          ['authorization', 'content-type'].includes(name),
        ),
      ),
      ...(request.postData() === null ? {} : { body: request.postData()! }),
    });
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });
}
