import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { type ReportData, reportDataId } from './report-data';

/**
 * A report as the text of one HTML file: the script runs by its hash alone and may compile the kernel that it holds, nothing may
 * be fetched, and the data cannot leave their element, since no `<` is left in them.
 * @param script a classic script without `</script` and `<!--`
 */
export function reportHtml(data: ReportData, script: string): string {
  if (/<\/script|<!--/i.test(script))
    throw new RangeError('The script of a report must not end its element.');
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${base64(sha256(utf8ToBytes(script)))}' 'wasm-unsafe-eval'`,
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${escapeHtml(data.title)}</title>
</head>
<body>
<div id="root"><p style="font-family:system-ui;margin:40px">This report draws itself with a script, which this viewer does not run. Open the file in a browser.</p></div>
<script type="application/json" id="${reportDataId}">${escapeJson(JSON.stringify(data))}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON that stays the same value and cannot end, or open a comment in, the element that it stands in. */
export function escapeJson(json: string): string {
  return json.replace(/[<>\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
