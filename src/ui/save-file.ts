/** Hands a file to the browser's downloads. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The download has its own hold on the content once it has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Dataset and run in a file name, without what file systems refuse. */
export function fileNameFor(dataset: string, runId: string | null, kind: string): string {
  const stem = dataset.replace(/\.(csv|tsv|txt|jsonl?|ndjson)$/i, '');
  return [stem, runId, kind]
    .filter((part) => part !== null)
    .map((part) => part.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+/, ''))
    .filter((part) => part !== '')
    .join('.');
}
