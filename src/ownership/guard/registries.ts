/** Registries that a run has started itself. */
import { meantBy } from '../../engine/ip-address.ts';
import type { GuardContext } from './context.ts';
import { isPublished } from '../published-ports.ts';

/** Whether the engine, asking this registry, asks a container of this run, by a port published on the engine's machine. */
export async function isOurRegistry(name: string, { ask, mark }: GuardContext): Promise<boolean> {
  const [, host, port] = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\]):(\d{1,5})$/.exec(name) ?? [];
  if (host === undefined) return false;
  // somebody else's program may listen at the one that the run has not published
  for (const address of meantBy(host.replace(/[[\]]/g, ''))) {
    const isOurs = await isPublished({ address, port: Number(port) }, { run: mark().run, ask, onHostNetwork: false });
    if (!isOurs) return false;
  }
  return true;
}
