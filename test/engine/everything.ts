/** All that is on an engine, as text that can be compared: what a learner would find there, times left out. */
import { ask } from '../../src/lab/http.ts';

const lists = ['/containers/json?all=1', '/images/json?all=1', '/networks', '/volumes'];

export async function everythingOn(socketPath: string): Promise<string> {
  const found = await Promise.all(lists.map((path) => listOf(socketPath, path)));
  return JSON.stringify(found.map(sorted), undefined, 1);
}

async function listOf(socketPath: string, path: string): Promise<unknown> {
  const { body } = await ask({ socketPath }, { path, signal: AbortSignal.timeout(30_000), limit: 30_000 });
  const parsed: unknown = JSON.parse(body.toString());
  return path === '/volumes' ? (parsed as { Volumes: unknown }).Volumes : parsed;
}

/** Without what the clock changes. */
const moving = new Set(['Status', 'SizeRw', 'SizeRootFs']);

function sorted(list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  const texts = list.map((item: unknown) =>
    JSON.stringify(item, (key, value: unknown) => (moving.has(key) ? undefined : value)),
  );
  return texts.sort();
}
