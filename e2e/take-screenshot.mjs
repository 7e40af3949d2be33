// Takes the README's picture of the built page: the sample, one row pinned. Run `npm run build` first.
import { chromium } from 'playwright';
import { preview, runnerImport } from 'vite';

const { module } = await runnerImport(new URL('./chromium.ts', import.meta.url).pathname, {
  configFile: false,
});
const server = await preview({ preview: { port: 4299 } });
const browser = await chromium.launch(module.chromiumLaunch());
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 });
await page.goto('http://127.0.0.1:4299/');
const map = page.locator('[data-run][data-state="ready"]');
await map.waitFor({ timeout: 60_000 });

const inspector = page.getByRole('region', { name: 'Inspector' });
const box = await map.boundingBox();
for (let step = 0; step < 2000; step++) {
  const x = box.x + box.width * (0.45 + 0.2 * ((step % 40) / 40));
  const y = box.y + box.height * (0.35 + 0.3 * (step / 2000));
  await page.mouse.move(x, y);
  if (await inspector.getByText('under the pointer').isVisible()) {
    await page.mouse.click(x, y);
    break;
  }
}
await inspector.getByText('pinned', { exact: true }).waitFor();
await page.mouse.move(box.x + 4, box.y + box.height - 4);
await page.waitForTimeout(1000);
await page.screenshot({ path: new URL('./screenshot.png', import.meta.url).pathname });
await browser.close();
await server.close();
