import { ProviderError } from './provider-error';

const bareNumber = /[-+]?\b(?:NaN|Infinity)\b/g;

/** Where the string that opens at `open` ends: the index after its closing quote, or the end of the text. */
function endOfString(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close !== -1) {
    let slashes = 0;
    while (text[close - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return close + 1;
    close = text.indexOf('"', close + 1);
  }
  return text.length;
}

/** Writes null for NaN and the infinities, which some servers put bare into JSON; strings stay as they are. */
function repairNumbers(text: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const outsideEnd = quote === -1 ? text.length : quote;
    parts.push(text.slice(at, outsideEnd).replace(bareNumber, 'null'));
    if (quote === -1) break;
    at = endOfString(text, quote);
    parts.push(text.slice(quote, at));
  }
  return parts.join('');
}

/** Parses the body of a successful reply. Throws ProviderError 'bad-reply' where it is no JSON even after repair. */
export function parseReply(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(repairNumbers(text));
    } catch {
      throw new ProviderError('bad-reply', describeUnreadable(text.trim()));
    }
  }
}

function describeUnreadable(text: string): string {
  if (text === '') return 'The server sent an empty reply.';
  return text.startsWith('<')
    ? 'The server sent a web page instead of an answer of the API. The base URL may be that of a website.'
    : 'The server sent a reply that is not valid JSON, or only a part of one.';
}
