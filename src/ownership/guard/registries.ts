/** Registries that a run has started itself. */
import type { GuardContext } from './context.ts';
import { isPublished } from '../published-ports.ts';

/** Whether the engine, asking this registry, asks a container of this run, by a port published on the engine's machine. */
export async function isOurRegistry(name: string, { ask, mark }: GuardContext): Promise<boolean> {
  const [, host, port] = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\]):(\d{1,5})$/.exec(name) ?? [];
  if (host === undefined) return false;
  const address = host === 'localhost' ? '127.0.0.1' : host.replace(/[[\]]/g, '');
  return isPublished({ address, port: Number(port) }, { run: mark().run, ask, onHostNetwork: false });
}
