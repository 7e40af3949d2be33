import { parseArgs } from 'node:util';
import type { BenchmarkGroup, BenchmarkResult, Shape } from './benchmark';
import { benchmarkGroups } from './benchmark-list';
import { browserName } from './browser/launch-browser';
import { describeMachine } from './describe-machine';
import { formatResults } from './format-results';

const options = {
  browser: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  only: { type: 'string', multiple: true },
  rounds: { type: 'string', default: '3' },
  peer: { type: 'string', multiple: true },
  shape: { type: 'string', multiple: true },
  large: { type: 'boolean', default: false },
  rows: { type: 'string', default: '50000' },
  port: { type: 'string', default: '4373' },
  help: { type: 'boolean', default: false },
} as const;

function describeCommand(): string {
  const width = Math.max(...benchmarkGroups.map(({ name }) => name.length)) + 2;
  const list = (where: BenchmarkGroup['where']) =>
    benchmarkGroups
      .filter((group) => group.where === where)
      .map(({ name, about }) => `  ${name.padEnd(width)}${about}`);
  return [
    'npm run bench -- [options]: how fast it is, each figure beside that of a peer or a limit from the same run.',
    '',
    '  --browser      the benchmarks in Chromium instead of those in Node',
    '  --only NAME    this group only, wherever it runs; may be given more than once',
    '  --peer NAME    peers whose name holds this only; may be given more than once',
    '  --rounds N     rounds of each comparison, 3 unless told; the medians count;',
    '                 what takes minutes has fewer',
    '  --large        also the large shapes: an hour or more',
    '  --shape NxD    these rows × numbers a row instead, such as 10000x384; may be given more than once',
    '  --rows N       rows of the embedding run, 50000 unless told',
    '  --port N       port for the built page, 4373 unless told',
    '  --json         one JSON object as the last line',
    '',
    'In Node:',
    ...list('node'),
    '',
    'In Chromium:',
    ...list('browser'),
    '',
    'A ratio above 1 says that ours is better. Times are processor time unless told, so that a busy machine does not',
    'count. A quiet one takes some six minutes in Node and a quarter of an hour in Chromium. Peers from bench/package.json',
    'are there after npm run bench:peers, NumPy and umap-learn where python3 has them (Debian: python3-numpy umap-learn).',
    '',
  ].join('\n');
}

function readCount(name: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text))
    throw new RangeError(`--${name} must be a whole number from 1 on, not "${text}".`);
  return Number(text);
}

function readShape(text: string): Shape {
  const [, n, d] = /^([1-9]\d*)x([1-9]\d*)$/.exec(text) ?? [];
  if (n === undefined || d === undefined)
    throw new RangeError(`--shape must be rows × numbers a row such as 10000x384, not "${text}".`);
  return { n: Number(n), d: Number(d) };
}

function chooseGroups(only: readonly string[], inBrowser: boolean): readonly BenchmarkGroup[] {
  if (only.length === 0)
    return benchmarkGroups.filter(({ where }) => where === (inBrowser ? 'browser' : 'node'));
  return only.map((name) => {
    const group = benchmarkGroups.find((one) => one.name === name);
    if (group !== undefined) return group;
    const known = benchmarkGroups.map((one) => one.name).join(', ');
    throw new RangeError(`There are no benchmarks named "${name}", only ${known}.`);
  });
}

/**
 * Runs the benchmarks as a command.
 *
 * @param root the project's folder, with a slash at the end
 * @returns the exit status
 */
export async function runCommand(words: readonly string[], root: string): Promise<number> {
  try {
    const { values } = parseArgs({ args: [...words], options, strict: true });
    if (values.help) {
      process.stdout.write(describeCommand());
      return 0;
    }
    const groups = chooseGroups(values.only ?? [], values.browser);
    const context = {
      root,
      rounds: readCount('rounds', values.rounds),
      rows: readCount('rows', values.rows),
      port: readCount('port', values.port),
      shapes: values.shape?.map(readShape) ?? null,
      peers: values.peer ?? null,
      large: values.large,
      say: (line: string) => process.stderr.write(`${line}\n`),
    };
    const results: BenchmarkResult[] = [];
    for (const group of groups) {
      context.say(`— ${group.name}: ${group.about}`);
      for await (const result of group.run(context)) {
        results.push(result);
        context.say(formatResults([result]).split('\n')[1]!);
      }
    }
    const hasBrowser = groups.some(({ where }) => where === 'browser');
    const machine = describeMachine(hasBrowser ? await browserName() : null);
    if (values.json) process.stdout.write(`${JSON.stringify({ machine, results })}\n`);
    else {
      const { cpu, cores, memoryGiB, system, node, browser } = machine;
      const machineWords = [`${cores} × ${cpu}`, `${memoryGiB} GiB`, system, `Node ${node}`, browser];
      const header = machineWords.filter((part) => part !== null).join(', ');
      process.stdout.write(`\n${header}\n\n${formatResults(results)}\n`);
    }
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 2;
  }
}
