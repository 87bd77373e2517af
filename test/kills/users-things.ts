/** A user's own things, with the names that lessons wish for: without a label, and known to nobody. */
import { ask } from '../../src/lab/http.ts';

const image = 'users-own';
/** A tar without entries makes an image without files. */
const emptyArchive = Buffer.alloc(10_240);

export interface UsersThings extends AsyncDisposable {
  readonly names: readonly string[];
}

export async function usersThings(socketPath: string, names: readonly string[]): Promise<UsersThings> {
  const send = async (method: string, path: string, body?: Buffer | object): Promise<number> => {
    const given = body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    const headers = { 'content-type': Buffer.isBuffer(body) ? 'application/x-tar' : 'application/json' };
    const signal = AbortSignal.timeout(60_000);
    const { status } = await ask(
      { socketPath },
      { method, path, signal, limit: 60_000, headers, ...(given && { body: given }) },
    );
    return status;
  };
  const made: (() => Promise<number>)[] = [];
  const make = async (path: string, body: Buffer | object | undefined, away: string): Promise<void> => {
    const status = await send('POST', path, body);
    if (status < 300) made.unshift(() => send('DELETE', away));
  };
  await make(`/images/create?fromSrc=-&repo=${image}&tag=1`, emptyArchive, `/images/${image}:1`);
  for (const name of names) {
    await make(`/containers/create?name=${name}`, { Image: `${image}:1`, Cmd: ['/none'] }, `/containers/${name}`);
    await make('/networks/create', { Name: name, Internal: true }, `/networks/${name}`);
    await make('/volumes/create', { Name: name }, `/volumes/${name}`);
    if (/^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/.test(name))
      await make(`/images/${image}:1/tag?repo=${name}&tag=latest`, undefined, `/images/${name}:latest`);
  }
  return {
    names,
    async [Symbol.asyncDispose]() {
      for (const away of made) await away();
    },
  };
}
