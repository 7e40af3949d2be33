/** The part of a model id after its last slash, for chips: `Qwen/Qwen3-Embedding-8B` becomes `Qwen3-Embedding-8B`. */
export function shortModelName(modelId: string): string {
  const last = modelId.split('/').findLast((part) => part !== '');
  return last ?? modelId;
}
