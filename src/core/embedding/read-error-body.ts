/** What the body of an error says, whatever form it has. Texts are as the server sent them: not masked, not shortened. */
export interface ErrorBody {
  /** The server's sentence, or empty. */
  readonly message: string;
  /** Codes and types it names, lower case, each once. */
  readonly codes: readonly string[];
  /** Status named inside the body, or null. */
  readonly status: number | null;
  /** True where a web page came instead of an answer of the API. */
  readonly isPage: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const messageFields = ['error', 'message', 'detail', 'msg', 'errors', 'title'] as const;
const codeFields = ['code', 'type', 'error_type', 'error_code'] as const;
const deepest = 5;
const pageHeadLength = 4096;

/** The value as an object with unknown members, or null. Arrays are none. */
export function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function messageIn(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value.trim();
  if (depth > deepest) return '';
  if (Array.isArray(value)) {
    const parts = value.slice(0, 3).map((part) => messageIn(part, depth + 1));
    return parts.filter((part) => part !== '').join('; ');
  }
  const fields = fieldsOf(value);
  if (fields === null) return '';
  for (const name of messageFields) {
    const message = messageIn(fields[name], depth + 1);
    if (message === '') continue;
    const place = Array.isArray(fields.loc) ? fields.loc.filter(isPlain).join('.') : '';
    return place === '' ? message : `${place}: ${message}`;
  }
  return '';
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function statusIn(value: unknown): number | null {
  const status = isPlain(value) && value !== '' ? Number(value) : Number.NaN;
  return Number.isInteger(status) && status >= 400 && status <= 599 ? status : null;
}

function readValue(value: unknown): ErrorBody {
  const message = messageIn(value);
  const outer = fieldsOf(value);
  const levels = [fieldsOf(outer?.error), outer, fieldsOf(outer?.detail)];
  const codes = new Set<string>();
  let status: number | null = null;
  for (const level of levels) {
    if (level === null) continue;
    for (const name of codeFields) {
      const code = level[name];
      if (isPlain(code) && code !== '') codes.add(String(code).toLowerCase());
    }
    status ??= statusIn(level.statusCode) ?? statusIn(level.status) ?? statusIn(level.code);
  }
  if (/^[a-z]+(_[a-z]+)+$/i.test(message)) codes.add(message.toLowerCase());
  return { message, codes: [...codes], status, isPage: false };
}

/** Reads the text of an error: JSON of any form seen from OpenAI-compatible servers, plain text, HTML or nothing. */
export function readErrorBody(text: string): ErrorBody {
  const trimmed = text.trim();
  try {
    return readValue(JSON.parse(trimmed));
  } catch {
    const isPage = /^<|<html|<!doctype/i.test(trimmed.slice(0, pageHeadLength));
    const title = /<title[^>]*>([^<]*)/i.exec(trimmed.slice(0, pageHeadLength))?.[1]?.trim();
    return { message: isPage ? (title ?? '') : trimmed, codes: [], status: null, isPage };
  }
}

/** True where a reply that claims success carries an error instead of what was asked for. */
export function carriesError(value: unknown): boolean {
  const fields = fieldsOf(value);
  if (fields === null) return false;
  const { error } = fields;
  const none = error === undefined || error === null || error === false || error === '';
  return !none || fields.object === 'error';
}
