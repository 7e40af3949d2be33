/** Waits until a transaction has taken its work; work that fails on the way takes everything back. */
export async function finishTransaction(
  transaction: { readonly done: Promise<void>; abort(): void },
  work: Promise<unknown>,
): Promise<void> {
  const guarded = work.catch((error: unknown) => {
    try {
      transaction.abort();
    } catch {
      // It has already ended by the error itself.
    }
    throw error;
  });
  await Promise.all([guarded, transaction.done]);
}
