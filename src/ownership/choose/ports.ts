/** Chooses host ports that are free. The kernel is asked: only it knows. */
import { createServer } from 'node:net';
import { Failure } from '../../failure.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Replaced } from './names.ts';

const lowest = 1024;

/** Host ports that containers publish, running or not. */
export function publishedPorts({ containers }: Inventory): ReadonlySet<number> {
  return new Set(containers.flatMap(({ published }) => published.map(({ hostPort }) => hostPort)));
}

/**
 * The wished port or the next free one above it, by key; no two alike. Another process may still take a port before
 * the engine does: then start says E-PORT-TAKEN.
 * @param isFree `isFreeHere` where the engine publishes on this machine; absent: only what containers publish is known
 */
export async function choosePorts(
  wished: Readonly<Record<string, number>>,
  published: ReadonlySet<number>,
  isFree: (port: number) => Promise<boolean> = async () => true,
): Promise<{ readonly ports: Readonly<Record<string, number>>; readonly replaced: readonly Replaced[] }> {
  const ports: Record<string, number> = {};
  const replaced: Replaced[] = [];
  const taken = new Set(published);
  for (const [key, wish] of Object.entries(wished)) {
    const used = await nextFree(wish, taken, isFree);
    taken.add(used);
    ports[key] = used;
    if (used !== wish) replaced.push({ what: 'port', wished: String(wish), used: String(used) });
  }
  return { ports, replaced };
}

async function nextFree(
  wish: number,
  taken: ReadonlySet<number>,
  isFree: (port: number) => Promise<boolean>,
): Promise<number> {
  for (let port = wish; port <= 65_535; port++) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  if (wish === lowest) throw new Failure('No host port is free.', { code: 'E-PORT-TAKEN', exitCode: 4 });
  // all above are taken: from the bottom of the ports that need no privilege
  return nextFree(lowest, taken, isFree);
}

/** Listens and closes. A port that this user may not listen on counts as free: the engine may. */
export async function isFreeHere(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code !== 'EADDRINUSE'));
    server.listen({ port, host: '0.0.0.0', exclusive: true }, () => server.close(() => done(true)));
  });
}
