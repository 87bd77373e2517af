/** Images that lessons pull, taken from an engine for the time of the tests: a test of what is pulled finds none here already. */
import { ask, type Told } from '../../src/lab/http.ts';

/**
 * @returns gives them back. One that a container stands on stays where it is.
 */
export async function setAside(socketPath: string, names: readonly string[]): Promise<() => Promise<void>> {
  const there: string[] = [];
  for (const name of names)
    if ((await send(socketPath, 'GET', `/images/${name}/json`)).status === 200) there.push(name);
  if (there.length === 0) return () => Promise.resolve();
  const saved = await send(socketPath, 'GET', `/images/get?${there.map((name) => `names=${name}`).join('&')}`);
  for (const name of there) await send(socketPath, 'DELETE', `/images/${name}`);
  return async () => void (await send(socketPath, 'POST', '/images/load', saved.body));
}

function send(socketPath: string, method: string, path: string, body?: Buffer): Promise<Told> {
  const headers = { 'content-type': 'application/x-tar' };
  const limits = { signal: AbortSignal.timeout(60_000), limit: 60_000 };
  return ask({ socketPath }, { method, path, ...(body && { body, headers }), ...limits });
}
