// Finds a Chromium for the tests, or gets one: Playwright's download (30 s at most), else Debian's packages as root, else
// it prints the command.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runnerImport } from 'vite';

const find = async () => {
  const { module } = await runnerImport(new URL('./chromium.ts', import.meta.url).pathname, {
    configFile: false,
  });
  return module.findChromium();
};

const debianPackages = ['chromium', 'libegl1', 'libgl1-mesa-dri', 'fonts-dejavu-core'];

let found = await find();
if (found === undefined) {
  spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit', timeout: 30_000 });
  found = await find();
}
if (found === undefined && existsSync('/etc/debian_version') && process.getuid?.() === 0) {
  spawnSync('apt-get', ['update', '-q'], { stdio: 'inherit' });
  spawnSync('apt-get', ['install', '-y', '-q', ...debianPackages], { stdio: 'inherit' });
  found = await find();
}
if (found === undefined) {
  console.error(
    'No Chromium was found. Run `npx playwright install --with-deps chromium`, or set CHROMIUM_PATH.',
  );
  process.exit(1);
}
console.log(`Browser: ${found}`);
