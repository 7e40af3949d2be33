// One contender, once, in a process of its own: prints how much memory it took beyond its input.
import { readFileSync, writeFileSync } from 'node:fs';
import { openContest } from '../contest/open-contest';
import type { Task } from '../contest/task';
import { loadEngines } from './node-arena';

export interface MemoryAnswer {
  readonly bytes: number;
}

function residentKilobytes(field: 'VmRSS' | 'VmHWM'): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}

const [root, taskText, name] = process.argv.slice(2) as [string, string, string];
const contest = await openContest(JSON.parse(taskText) as Task, await loadEngines(root));
const contender = contest.contenders[name]!;
await contender.prepare?.();
globalThis.gc?.();
const isLinux = process.platform === 'linux';
// Forgets the most that was held so far.
if (isLinux) writeFileSync('/proc/self/clear_refs', '5');
const before = isLinux ? residentKilobytes('VmRSS') * 1024 : process.memoryUsage().rss;
await contender.run();
const most = isLinux ? residentKilobytes('VmHWM') : process.resourceUsage().maxRSS;
const answer: MemoryAnswer = { bytes: most * 1024 - before };
process.stdout.write(`${JSON.stringify(answer)}\n`);
process.exit(0);
