import { countOf } from '@/core/count-of';
import { describePlan } from './describe-plan';
import type { ProviderPlan } from './read-plan';
import type { ProbeReply } from './read-probe';
import type { RunProblem } from './run';

/** How one request of a check ended. */
export type Checked<Value> =
  | { readonly state: 'done'; readonly value: Value }
  | { readonly state: 'failed'; readonly problem: RunProblem }
  | { readonly state: 'skipped' };

/** What a check of a connection has found so far; a step that has not ended is absent. */
export interface ConnectionFacts {
  readonly host: string;
  /** The page's own server that hands requests on, or null. */
  readonly forwarder: string | null;
  readonly hasKey: boolean;
  readonly model: string;
  /** Rows of the first page of the catalog. */
  readonly catalog?: Checked<{ readonly rows: number }>;
  /** Null where the server has no plan. */
  readonly plan?: Checked<ProviderPlan | null>;
  readonly numbers?: Checked<ProbeReply>;
  readonly base64?: Checked<ProbeReply>;
  readonly dimensions?: Checked<ProbeReply & { readonly asked: number }>;
}

/** One line of the result. */
export interface ConnectionFinding {
  readonly topic: 'Route' | 'Catalog' | 'Plan' | 'Embedding' | 'base64' | 'Dimensions' | 'CORS';
  readonly tone: 'good' | 'bad' | 'neutral';
  readonly text: string;
}

/** The one text a check sends. */
export const checkText = 'hello';
const unansweredCodes: readonly string[] = ['unreachable', 'timeout'];
/** Greatest difference of one number between two vectors of one text that count as the same. */
const sameWithin = 1e-3;

function say({ message, advice, detail }: RunProblem): string {
  return `${message} ${advice}${detail === null ? '' : ` (${detail})`}`;
}

function unitOf(vector: ArrayLike<number>, length: number): Float64Array {
  const part = Float64Array.from({ length }, (_, i) => vector[i]!);
  const norm = Math.sqrt(part.reduce((sum, number) => sum + number * number, 0));
  return part.map((number) => number / norm);
}

/** Whether two vectors have one direction, compared over their first `length` numbers. */
function pointTheSameWay(a: ArrayLike<number>, b: ArrayLike<number>, length: number): boolean {
  const first = unitOf(a, length);
  const second = unitOf(b, length);
  return first.every((number, i) => Math.abs(number - second[i]!) <= sameWithin);
}

function describeRoute({ host, forwarder }: ConnectionFacts): ConnectionFinding {
  const text =
    forwarder === null
      ? `Requests go to ${host} directly.`
      : `Requests go to ${host} through this page’s own server (${forwarder}).`;
  return { topic: 'Route', tone: 'neutral', text };
}

function describeCatalog(catalog: NonNullable<ConnectionFacts['catalog']>): ConnectionFinding | null {
  if (catalog.state === 'skipped') return null;
  if (catalog.state === 'failed') return { topic: 'Catalog', tone: 'bad', text: say(catalog.problem) };
  const { rows } = catalog.value;
  return {
    topic: 'Catalog',
    tone: rows === 0 ? 'bad' : 'good',
    text: rows === 0 ? 'It answered, but lists no model.' : `Its first page lists ${countOf(rows, 'model')}.`,
  };
}

function describePlanStep(plan: NonNullable<ConnectionFacts['plan']>, hasKey: boolean): ConnectionFinding {
  const topic = 'Plan';
  if (plan.state === 'skipped') return { topic, tone: 'neutral', text: 'Not asked: no key was given.' };
  if (plan.state === 'failed') return { topic, tone: 'bad', text: say(plan.problem) };
  if (plan.value === null)
    return {
      topic,
      tone: 'neutral',
      text: 'The server has none; that is usual for servers other than Featherless.',
    };
  const key = hasKey ? 'The key works: ' : '';
  return { topic, tone: 'good', text: `${key}${describePlan(plan.value)}.` };
}

function describeNumbers(reply: ProbeReply, model: string): string {
  const { vector, norm, durationMs, tokens, repliedModel, encoding } = reply;
  return [
    `${model} gave ${countOf(vector.length, 'number')} for “${checkText}” in ${Math.round(durationMs).toLocaleString('en')} ms`,
    encoding === 'base64' ? ', as base64 although plain numbers were asked for' : '',
    `. Norm ${norm.toFixed(3)}${Math.abs(norm - 1) < 1e-3 ? ' (normalised)' : ' (not normalised; the page does it)'}.`,
    tokens === null ? ' No usage was reported.' : ` ${countOf(tokens, 'token')} reported.`,
    repliedModel === null || repliedModel === model ? '' : ` The reply names another model: ${repliedModel}.`,
  ].join('');
}

function describeBase64(reply: ProbeReply, plain: ProbeReply): Pick<ConnectionFinding, 'tone' | 'text'> {
  if (reply.encoding === 'numbers')
    return { tone: 'neutral', text: 'Not honoured: plain numbers came although base64 was asked for.' };
  const isSame =
    reply.vector.length === plain.vector.length &&
    pointTheSameWay(reply.vector, plain.vector, plain.vector.length);
  return isSame
    ? { tone: 'good', text: 'Works: the same vector came as base64.' }
    : { tone: 'bad', text: 'It came, but holds another vector than the plain numbers.' };
}

function describeDimensions(
  reply: ProbeReply & { readonly asked: number },
  plain: ProbeReply,
): Pick<ConnectionFinding, 'tone' | 'text'> {
  const { asked, vector } = reply;
  const full = plain.vector.length;
  if (vector.length !== asked) {
    const what = vector.length === full ? 'ignored' : 'not honoured';
    return {
      tone: 'bad',
      text: `The option was ${what}: ${asked.toLocaleString('en')} were asked for, ${countOf(vector.length, 'number')} came.`,
    };
  }
  const isCut = pointTheSameWay(vector, plain.vector, asked);
  return {
    tone: 'good',
    text: `Works: ${countOf(asked, 'number')} came as asked, ${isCut ? `the first ones of the ${full.toLocaleString('en')}` : `other ones than the first of the ${full.toLocaleString('en')}`}.`,
  };
}

/** What can be said of cross-origin access: a page sees no more than whether an answer could be read. */
function describeCors(facts: ConnectionFacts): ConnectionFinding | null {
  const { catalog, plan, numbers, base64, dimensions, host, forwarder } = facts;
  if (dimensions === undefined) return null;
  const steps = [catalog, plan, numbers, base64, dimensions].filter(
    (step) => step && step.state !== 'skipped',
  );
  const unread = steps.filter(
    (step) => step?.state === 'failed' && unansweredCodes.includes(step.problem.code),
  );
  const topic = 'CORS';
  if (forwarder !== null)
    return { topic, tone: 'neutral', text: 'Plays no part: the page asks its own server.' };
  if (unread.length === 0)
    return {
      topic,
      tone: 'good',
      text: `${host} lets this page read its answers: all ${steps.length} of ${steps.length}.`,
    };
  const causes =
    'No connection, a blocker in the browser, or a server that does not let other sites read its answers look the same to a page.';
  return {
    topic,
    tone: 'bad',
    text:
      unread.length === steps.length
        ? `No answer of ${host} could be read. ${causes}`
        : `${unread.length} of ${steps.length} answers of ${host} could not be read. ${causes}`,
  };
}

function describeProbe<Value extends ProbeReply>(
  topic: 'base64' | 'Dimensions',
  step: Checked<Value>,
  plain: Checked<ProbeReply> | undefined,
  describe: (reply: Value, plain: ProbeReply) => Pick<ConnectionFinding, 'tone' | 'text'>,
): ConnectionFinding {
  if (step.state === 'failed')
    return {
      topic,
      tone: 'bad',
      text: `Refused. ${step.problem.message}${step.problem.detail === null ? '' : ` (${step.problem.detail})`}`,
    };
  if (step.state === 'skipped' || plain?.state !== 'done')
    return { topic, tone: 'neutral', text: 'Not tried, since the first embedding did not come.' };
  return { topic, ...describe(step.value, plain.value) };
}

/** The findings so far, a line a step, for the screen and for a report by mail. They hold no key: a reply's words were masked. */
export function describeConnection(facts: ConnectionFacts): ConnectionFinding[] {
  const { catalog, plan, numbers, base64, dimensions, model, hasKey } = facts;
  const findings: (ConnectionFinding | null)[] = [describeRoute(facts)];
  if (catalog) findings.push(describeCatalog(catalog));
  if (plan) findings.push(describePlanStep(plan, hasKey));
  if (numbers?.state === 'failed')
    findings.push({ topic: 'Embedding', tone: 'bad', text: say(numbers.problem) });
  if (numbers?.state === 'done')
    findings.push({ topic: 'Embedding', tone: 'good', text: describeNumbers(numbers.value, model) });
  if (base64) findings.push(describeProbe('base64', base64, numbers, describeBase64));
  if (dimensions) findings.push(describeProbe('Dimensions', dimensions, numbers, describeDimensions));
  findings.push(describeCors(facts));
  return findings.filter((finding) => finding !== null);
}
