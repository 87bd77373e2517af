/** Registries that a run has started itself. */
import type { GuardContext } from './context.ts';
import { isPublished } from '../published-ports.ts';

/** Whether the engine, asking this registry, asks a container of this run, by a port published on the engine's machine. */
export async function isOurRegistry(name: string, { ask, mark }: GuardContext): Promise<boolean> {
  const [, host, port] = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\]):(\d{1,5})$/.exec(name) ?? [];
  if (host === undefined) return false;
  for (const address of host === 'localhost' ? meantByLocalhost : [host.replace(/[[\]]/g, '')]) {
    const isOurs = await isPublished({ address, port: Number(port) }, { run: mark().run, ask, onHostNetwork: false });
    if (!isOurs) return false;
  }
  return true;
}

/** An engine asks the first that answers: somebody else's program may listen at the one that the run has not published. */
const meantByLocalhost = ['::1', '127.0.0.1'];
