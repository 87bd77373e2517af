/** A host's name → its addresses, by the resolver that a connection would use. */
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { isIP } from 'node:net';
import { withoutBrackets } from './own-address.ts';

/** @param host a name, or an address @throws Error with the resolver's code (ENOTFOUND), and the signal's reason */
export async function addressesOf(host: string, signal: AbortSignal): Promise<readonly string[]> {
  const plain = withoutBrackets(host);
  if (isIP(plain) !== 0) return [plain];
  signal.throwIfAborted();
  // a resolver cannot be told to stop
  const over = new AbortController();
  const stopped = once(signal, 'abort', { signal: over.signal }).then(() => Promise.reject(signal.reason as Error));
  // nobody waits for it once the answer is there
  stopped.catch(() => undefined);
  try {
    const found = await Promise.race([lookup(plain, { all: true }), stopped]);
    return found.map(({ address }) => address);
  } finally {
    over.abort();
  }
}
