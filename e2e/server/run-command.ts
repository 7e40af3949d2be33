import { parseArgs } from 'node:util';
import { startApiServer } from './api-server';
import { faultNames, faults } from './faults';

const options = {
  port: { type: 'string', default: '8787' },
  host: { type: 'string', default: '127.0.0.1' },
  key: { type: 'string' },
  vectors: { type: 'string' },
  faults: { type: 'string', default: '' },
  delay: { type: 'string', default: '1000' },
  poison: { type: 'string' },
  'most-texts': { type: 'string', default: '10' },
  'most-bytes': { type: 'string', default: '2000' },
  first: { type: 'string', default: '3' },
  redirect: { type: 'string' },
  'catalog-size': { type: 'string', default: '0' },
  concurrency: { type: 'string', default: '4' },
  help: { type: 'boolean', default: false },
} as const;

/** The text of `--help`. */
export function describeCommand(): string {
  const width = Math.max(...faultNames.map((name) => name.length)) + 2;
  return [
    'npm run api -- [options]: a local OpenAI-compatible server with a catalog, a plan and embeddings.',
    '',
    '  --port N           port, 8787 unless told; 0 picks a free one',
    '  --host NAME        address to listen on, 127.0.0.1 unless told',
    '  --key K            plan and embeddings demand this key',
    '  --vectors DIR      adds recorded models: *.f32 with a .json sidecar, texts.jsonl or texts.tsv',
    '  --catalog-size N   fills the catalog up to N rows',
    '  --concurrency N    requests at once that the plan reports, 4 unless told',
    '  --faults NAME,…    switches faults on (below)',
    '  --delay MS         wait of the fault slow, 1000 unless told',
    '  --poison WORD      texts that contain WORD are the faulty ones',
    '  --most-texts N     limit of the fault max-batch, 10 unless told',
    '  --most-bytes N     limit of the fault max-bytes, 2000 unless told',
    '  --first N          requests that the faults named …-start hit, 3 unless told',
    '  --redirect URL     where the fault redirect points to',
    '',
    'Faults:',
    ...faultNames.map((name) => `  ${name.padEnd(width)}${faults[name].description}`),
    '',
    '* The vectors of texts with the --poison word; where no word is given, the first of each reply.',
    '',
  ].join('\n');
}

/**
 * Runs the server as a command until SIGINT or SIGTERM.
 *
 * @returns the exit status for a command that did not start a server, else undefined.
 */
export async function runCommand(words: readonly string[]): Promise<number | undefined> {
  try {
    const { values } = parseArgs({ args: [...words], options, strict: true });
    if (values.help) {
      process.stdout.write(describeCommand());
      return 0;
    }
    const server = await startApiServer({
      port: readCount('port', values.port),
      host: values.host,
      key: values.key,
      vectors: values.vectors,
      faults: values.faults.split(',').filter((name) => name !== ''),
      delayMs: readCount('delay', values.delay),
      poison: values.poison,
      mostTexts: readCount('most-texts', values['most-texts']),
      mostBytes: readCount('most-bytes', values['most-bytes']),
      firstRequests: readCount('first', values.first),
      redirectTo: values.redirect,
      catalogSize: readCount('catalog-size', values['catalog-size']),
      concurrency: readCount('concurrency', values.concurrency),
    });
    process.stdout.write(`${server.url}/v1\n${server.modelIds.map((id) => `  ${id}\n`).join('')}`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        void server.close().then(() => process.exit(0));
      });
    }
    return undefined;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

function readCount(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new RangeError(`--${name} must be a whole number, not "${text}".`);
  return Number(text);
}
