const mask = '•••';

/** Each pattern finds something that looks like a key; what its first group holds is kept. */
const patterns: readonly RegExp[] = [
  /(\bbearer\s+)[^\s"',;]{8,}/giu,
  /(\bapi[ _-]?key\b[^:=\n]{0,24}[:=]\s*["'“]?)[^\s"'”,;]{6,}/giu,
  /()\b(?:sk|rc|pk|hf|gsk)[-_][^\s"',;]{6,}/giu,
  /()\b(?=[A-Za-z_]*\d)(?=\d*[A-Za-z])[A-Za-z0-9_]{32,}\b/gu,
];

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Replaces the key (capitals aside, since codes are lowered), and anything that looks like one, in words that came from a server. */
export function maskSecrets(text: string, key: string | null): string {
  const secret = key?.trim() ?? '';
  let masked = secret === '' ? text : text.replace(new RegExp(escapePattern(secret), 'gi'), mask);
  for (const pattern of patterns) masked = masked.replace(pattern, `$1${mask}`);
  return masked;
}
