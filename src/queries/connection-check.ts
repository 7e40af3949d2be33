import type { ConnectionFacts } from '@/core/embedding/connection-check';
import type { RemoteProviderId } from '@/core/embedding/run';
import { checkConnection } from '@/providers/openai-compatible/check-connection';
import { serverFor } from '@/queries/providers';
import { sendAlone } from '@/queries/send-limits';

/** Tries a server with one of its models and tells what was found after each step. Throws AbortError when cancelled. */
export function checkServer(
  provider: RemoteProviderId,
  baseUrl: string,
  model: string,
  report: (facts: ConnectionFacts) => void,
  signal: AbortSignal,
): Promise<void> {
  const server = serverFor(provider, baseUrl);
  return sendAlone(baseUrl, null, signal, () => checkConnection({ server, model, report, signal }));
}
