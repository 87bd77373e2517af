/** What images are on the engine when the tests begin, whatever was there before; each gives back what it has changed. */
import { ask, type Told } from '../../src/lab/http.ts';

type Undo = () => Promise<void>;

/** Takes away what lessons pull, so that a test of what is pulled finds none here. One that a container stands on stays. */
export async function setAside(socketPath: string, name: string): Promise<Undo> {
  if (!(await isHere(socketPath, name))) return () => Promise.resolve();
  await send(socketPath, 'DELETE', `/images/${name}`);
  // one that is loaded from a file has no digest, and counts as somebody's own work
  return () => pull(socketPath, name);
}

/** Pulls what tests stand on. @throws where it cannot be pulled */
export async function pulled(socketPath: string, name: string): Promise<Undo> {
  if (await isHere(socketPath, name)) return () => Promise.resolve();
  await pull(socketPath, name);
  return async () => void (await send(socketPath, 'DELETE', `/images/${name}`));
}

async function isHere(socketPath: string, name: string): Promise<boolean> {
  return (await send(socketPath, 'GET', `/images/${name}/json`)).status === 200;
}

async function pull(socketPath: string, name: string): Promise<void> {
  const { status, body } = await send(socketPath, 'POST', `/images/create?fromImage=${name}&tag=latest`);
  const said = body.toString();
  if (status !== 200 || said.includes('"errorDetail"')) throw new Error(`${name} cannot be pulled: ${said}`);
}

function send(socketPath: string, method: string, path: string): Promise<Told> {
  return ask({ socketPath }, { method, path, signal: AbortSignal.timeout(60_000), limit: 60_000 });
}
