/** What images are on the engine when the tests begin, whatever was there before; each gives back what it has changed. */
import { ask, type Told } from '../../src/lab/http.ts';

type Undo = () => Promise<void>;

/** Takes away what lessons pull, so that a test of what is pulled finds none here. One that a container stands on stays. */
export async function setAside(socketPath: string, name: string): Promise<Undo> {
  const { status } = await send(socketPath, 'GET', `/images/${name}/json`);
  if (status !== 200) return () => Promise.resolve();
  const saved = await send(socketPath, 'GET', `/images/get?names=${name}`);
  await send(socketPath, 'DELETE', `/images/${name}`);
  return async () => void (await send(socketPath, 'POST', '/images/load', saved.body));
}

/** Pulls what tests stand on. @throws where it cannot be pulled */
export async function pulled(socketPath: string, name: string): Promise<Undo> {
  if ((await send(socketPath, 'GET', `/images/${name}/json`)).status === 200) return () => Promise.resolve();
  const { status, body } = await send(socketPath, 'POST', `/images/create?fromImage=${name}&tag=latest`);
  const said = body.toString();
  if (status !== 200 || said.includes('"errorDetail"')) throw new Error(`${name} cannot be pulled: ${said}`);
  return async () => void (await send(socketPath, 'DELETE', `/images/${name}`));
}

function send(socketPath: string, method: string, path: string, body?: Buffer): Promise<Told> {
  const headers = { 'content-type': 'application/x-tar' };
  const limits = { signal: AbortSignal.timeout(60_000), limit: 60_000 };
  return ask({ socketPath }, { method, path, ...(body && { body, headers }), ...limits });
}
