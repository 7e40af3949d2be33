const whitespace = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const literal = /true|false|null/y;
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Offset in UTF-16 units of the first character that makes `text` invalid JSON (its length where it ends too early), or
 * null for valid JSON (RFC 8259). Engines word their errors differently and some give no position. Depth costs no stack.
 */
export function locateJsonError(text: string): number | null {
  const open: ('{' | '[')[] = [];
  let at = 0;
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const readString = (): boolean => {
    if (text[at] !== '"') return false;
    at++;
    while (at < text.length) {
      const unit = text.charCodeAt(at);
      if (unit === 0x22) {
        at++;
        return true;
      }
      if (unit < 0x20) return false;
      if (unit !== 0x5c) at++;
      else if (!match(escapeSequence)) return false;
    }
    return false;
  };
  const readKey = (): boolean => {
    if (!readString()) return false;
    match(whitespace);
    if (text[at] !== ':') return false;
    at++;
    return true;
  };

  for (;;) {
    match(whitespace);
    const first = text[at];
    if (first === '{' || first === '[') {
      at++;
      match(whitespace);
      if (text[at] !== (first === '{' ? '}' : ']')) {
        open.push(first);
        if (first === '{' && !readKey()) return at;
        continue;
      }
      at++;
    } else if (first === '"' ? !readString() : !(match(number) || match(literal))) {
      return at;
    }
    for (;;) {
      match(whitespace);
      const inside = open.at(-1);
      if (inside === undefined) return at === text.length ? null : at;
      const next = text[at];
      if (next === ',') {
        at++;
        match(whitespace);
        if (inside === '{' && !readKey()) return at;
        break;
      }
      if (next !== (inside === '{' ? '}' : ']')) return at;
      at++;
      open.pop();
    }
  }
}

/** Line and column, both from 1, of an offset; lines end at LF. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', start)) {
    line++;
    start = end + 1;
  }
  return { line, column: offset - start + 1 };
}
