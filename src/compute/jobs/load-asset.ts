/** A file that ships with the page. Not for anything else: remote requests go through providers/send-request. */
export async function loadAsset(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const address = new URL(url, self.location.href);
  if (address.origin !== self.location.origin)
    throw new Error('An asset must come from the page’s own origin.');
  const response = await fetch(address);
  if (!response.ok)
    throw new Error(
      `A part of the page could not be loaded (${response.status}): it was probably replaced on the server since it was opened here. Reload it.`,
    );
  return new Uint8Array(await response.arrayBuffer());
}
