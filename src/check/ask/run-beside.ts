/** A command beside a container, in its network: for images that bring nothing to ask with. */
import type { Ask } from '../../engine/ask.ts';
import type { ContainerSeen } from '../facets/container.ts';
import { logTail } from './log-text.ts';
import type { LookContext } from '../look.ts';

/** Images that are often here and have a shell with a way to ask; smaller ones first. */
const helperImages = /^(?:busybox|alpine|python|node|nginx|redis|postgres|debian|ubuntu)(?::|$)/;

/** @param tells whether what was printed is an answer; else the next image is tried */
interface Wish {
  readonly env?: readonly string[];
  tells(text: string): boolean;
}

/**
 * A helper in the same network namespace, with the same name server. It carries the container's labels, so that clean
 * finds it after a crash.
 * @returns what it printed; undefined where no image here could answer
 */
export async function runBeside(
  from: ContainerSeen,
  [program = '', ...words]: readonly string[],
  context: LookContext,
  { env = [], tells }: Wish,
): Promise<string | undefined> {
  const { ask } = context;
  for (const image of await helpers(ask)) {
    const made = await ask({
      method: 'POST',
      path: '/containers/create',
      body: {
        Image: image,
        Entrypoint: [program],
        Cmd: words,
        Env: env,
        Labels: { ...from.Config?.Labels },
        HostConfig: { NetworkMode: `container:${from.Id}` },
      },
    });
    if (made.status !== 201) continue;
    const { Id } = made.body as { readonly Id: string };
    try {
      const started = await ask({ method: 'POST', path: `/containers/${Id}/start` });
      if (started.status !== 204) continue;
      await ask({ method: 'POST', path: `/containers/${Id}/wait` });
      const text = await logTail(Id, false, context, 'all');
      if (tells(text)) return text;
    } finally {
      await ask({ method: 'DELETE', path: `/containers/${Id}`, query: { force: '1', v: '1' } });
    }
  }
  return undefined;
}

async function helpers(ask: Ask): Promise<readonly string[]> {
  const { status, body } = await ask({ method: 'GET', path: '/images/json' });
  if (status !== 200) return [];
  const images = body as readonly { readonly RepoTags?: readonly string[] | null; readonly Size?: number }[];
  return [...images]
    .sort((a, b) => (a.Size ?? 0) - (b.Size ?? 0))
    .flatMap(({ RepoTags }) => (RepoTags ?? []).filter((tag) => helperImages.test(tag)).slice(0, 1))
    .slice(0, 2);
}
