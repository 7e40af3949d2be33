/** What a single cell looks like. */
export type CellKind = 'blank' | 'integer' | 'float' | 'date' | 'url' | 'code' | 'text';

const integer = /^[+-]?\d{1,3}(?:[,\s]?\d{3})*$|^[+-]?\d+$/;
const float =
  /^[+-]?[$€£]?(?:\d+[.,]\d*|[.,]\d+|\d+)(?:[eE][+-]?\d+)?\s?[%$€£]?$|^[+-]?(?:nan|inf|infinity)$/i;
const date =
  /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d{1,2}:\d{2}.*)?$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?:,? \d{1,2}:\d{2}.*)?$|^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?$/i;
const url = /^(?:https?|ftp|file):\/\/\S+$|^www\.\S+$|^[^\s@]+@[^\s@]+\.\w{2,}$/i;
const code = /^(?=.*\d)[\w:.-]{6,}$|^[\da-f]{8}-[\da-f-]{27}$/i;

/** Tells numbers, dates and times, addresses and identifiers from texts; only short cells can be anything but text. */
export function cellKind(cell: string): CellKind {
  const trimmed = cell.trim();
  if (trimmed === '') return 'blank';
  if (url.test(trimmed)) return 'url';
  if (trimmed.length > 48) return 'text';
  if (integer.test(trimmed)) return 'integer';
  if (float.test(trimmed)) return 'float';
  if (date.test(trimmed)) return 'date';
  return code.test(trimmed) ? 'code' : 'text';
}
