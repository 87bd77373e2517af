/** A user's own things, with the names that lessons wish for: docker-tutor finds nothing on them that it knows. */
import { ask } from '../../src/lab/http.ts';

const image = 'users-own';
/** By which a suite finds what one that was cut off has left. */
const label = 'a-users-own';
/** A tar without entries makes an image without files. */
const emptyArchive = Buffer.alloc(10_240);

type Send = (method: string, path: string, body?: Buffer | object) => Promise<unknown>;

/** Does the work while they are there. */
export async function besideUsersThings(
  socketPath: string,
  names: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const send = sender(socketPath);
  await removeAll(send);
  try {
    await make(names, send);
    await work();
  } finally {
    await removeAll(send);
  }
}

async function make(names: readonly string[], send: Send): Promise<void> {
  await send('POST', `/images/create?fromSrc=-&repo=${image}&tag=1&changes=LABEL%20${label}=1`, emptyArchive);
  const Labels = { [label]: '1' };
  for (const name of names) {
    await send('POST', `/containers/create?name=${name}`, { Image: `${image}:1`, Cmd: ['/none'], Labels });
    await send('POST', '/networks/create', { Name: name, Internal: true, Labels });
    await send('POST', '/volumes/create', { Name: name, Labels });
    if (/^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/.test(name))
      await send('POST', `/images/${image}:1/tag?repo=${name}&tag=latest`);
  }
}

async function removeAll(send: Send): Promise<void> {
  const filters = `filters=${encodeURIComponent(JSON.stringify({ label: [label] }))}`;
  const containers = (await send('GET', `/containers/json?all=1&${filters}`)) as readonly { readonly Id: string }[];
  for (const { Id } of containers) await send('DELETE', `/containers/${Id}?force=1`);
  const networks = (await send('GET', `/networks?${filters}`)) as readonly { readonly Id: string }[];
  for (const { Id } of networks) await send('DELETE', `/networks/${Id}`);
  const volumes = (await send('GET', `/volumes?${filters}`)) as {
    readonly Volumes: readonly { Name: string }[] | null;
  };
  for (const { Name } of volumes.Volumes ?? []) await send('DELETE', `/volumes/${Name}`);
  const images = (await send('GET', `/images/json?${filters}`)) as readonly { RepoTags: readonly string[] | null }[];
  for (const tag of images.flatMap(({ RepoTags }) => RepoTags ?? [])) await send('DELETE', `/images/${tag}`);
}

/** Of what is refused nothing is made; what is made twice is one thing. */
function sender(socketPath: string): Send {
  return async (method, path, body) => {
    const given = body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    const headers = { 'content-type': Buffer.isBuffer(body) ? 'application/x-tar' : 'application/json' };
    const signal = AbortSignal.timeout(60_000);
    const answer = await ask(
      { socketPath },
      { method, path, signal, limit: 60_000, headers, ...(given && { body: given }) },
    );
    return method === 'GET' ? (JSON.parse(answer.body.toString()) as unknown) : undefined;
  };
}
