/** Locks over the tabs of this page; missing where it is not served securely. */
export function webLocks(): LockManager | undefined {
  return (navigator as { readonly locks?: LockManager }).locks;
}
