/** Entry of `npm run api`: Node 20 does not run TypeScript, so Vite transforms the server on the way in. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const command = fileURLToPath(new URL('./run-command.ts', import.meta.url));
const { module } = await runnerImport(command, { configFile: false, logLevel: 'error' });
const status = await module.runCommand(process.argv.slice(2));
if (status !== undefined) process.exit(status);
