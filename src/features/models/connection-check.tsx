import { Button } from '@mantine/core';
import { Check, Minus, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import {
  type ConnectionFacts,
  type ConnectionFinding,
  checkText,
  describeConnection,
} from '@/core/embedding/connection-check';
import type { RemoteProviderId } from '@/core/embedding/run';
import { baseUrlOf, hostOf } from '@/queries/catalog';
import { checkServer } from '@/queries/connection-check';
import { hasKey } from '@/queries/key';
import { providerStore } from '@/state/provider-choice';
import classes from './models-panel.module.css';
import type { ServerFields } from './use-server-fields';

const marks = { good: Check, bad: X, neutral: Minus } as const satisfies Record<
  ConnectionFinding['tone'],
  unknown
>;

interface Props {
  provider: RemoteProviderId;
  server: string;
  fields: ServerFields;
}

/** A try of the server with the first chosen model: what it costs, what happened, and that as a text to hand on. */
export function ConnectionCheck({ provider, server, fields }: Props) {
  const model = useStore(providerStore, ({ chosen }) => chosen[0] ?? null);
  const [facts, setFacts] = useState<ConnectionFacts | null>(null);
  const [state, setState] = useState<'idle' | 'running' | 'no model'>('idle');
  const [failure, setFailure] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const host = hostOf(provider, server);

  async function check() {
    fields.commit();
    const choice = providerStore.getState();
    const baseUrl = baseUrlOf(provider, choice.baseUrl);
    if (baseUrl === '') return fields.demandUrl();
    if (provider === 'featherless' && !hasKey(baseUrl)) return fields.demandKey();
    if (model === null) return setState('no model');
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    setFacts(null);
    setFailure(null);
    setState('running');
    try {
      await checkServer(provider, baseUrl, model, setFacts, abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      if (running.current === abort) setState('idle');
    }
  }

  return (
    <div className={classes.check}>
      <Button variant="default" size="xs" loading={state === 'running'} onClick={() => void check()}>
        Check connection
      </Button>
      <p className={classes.note}>
        Asks {host ?? 'the server'} for its catalog and, with a key, your plan, and sends 3 requests with the
        text ‘{checkText}’ to {model ?? 'the first model you choose'}.
      </p>
      {state === 'no model' && model === null && (
        <p className={classes.problem} role="alert">
          Choose a model first. Nothing was sent.
        </p>
      )}
      {failure !== null && (
        <p className={classes.problem} role="alert">
          {failure}
        </p>
      )}
      {facts !== null && <Findings facts={facts} isDone={state !== 'running'} />}
    </div>
  );
}

function Findings({ facts, isDone }: { facts: ConnectionFacts; isDone: boolean }) {
  const findings = describeConnection(facts);
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null);
  const text = [
    `Connection to ${facts.host} with ${facts.model}`,
    ...findings.map((finding) => `${finding.topic}: ${finding.text}`),
  ].join('\n');

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied('yes');
    } catch {
      setCopied('no');
    }
  }

  return (
    <>
      <ul className={classes.findings} aria-label="Connection" aria-live="polite">
        {findings.map(({ topic, tone, text: said }) => {
          const Mark = marks[tone];
          return (
            <li key={topic} data-tone={tone}>
              <Mark size={14} strokeWidth={1.5} aria-hidden="true" />
              <span>
                <strong>{topic}</strong> {said}
              </span>
            </li>
          );
        })}
      </ul>
      {isDone && (
        <Button variant="subtle" size="xs" onClick={() => void copy()}>
          {copied === 'yes' ? 'Copied' : 'Copy'}
        </Button>
      )}
      {copied === 'no' && (
        <p className={classes.note} role="alert">
          The browser does not let this page copy. Select the lines above instead; they hold no key.
        </p>
      )}
    </>
  );
}
