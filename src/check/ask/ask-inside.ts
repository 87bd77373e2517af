/** Asks from inside a container's network for a name or a port, by the first means that is there. */
import type { Ask } from '../../engine/ask.ts';
import type { ContainerSeen } from '../facets/container.ts';
import { logTail } from './log-text.ts';
import type { LookContext } from '../look.ts';
import { runInside } from './run-inside.ts';
import { nodeProgram, pythonProgram, shellProgram } from './probe-programs.ts';

const answers = ['resolves', 'accepts', 'unresolved', 'refused', 'silent'] as const;

export interface Inside {
  /** `untold`: there is nothing to ask with. */
  readonly answer: (typeof answers)[number] | 'untold';
  readonly address?: string;
}

/**
 * How long programs of the GNU C library wait for a name server (resolv.conf(5)). The engine's own answers at once for
 * names it knows; others it passes on, and where nobody answers, as without a network, the usual wait is 20 seconds.
 */
const impatient = ['RES_OPTIONS=timeout:1 attempts:1'];

/** @param port TCP; absent: the name only */
export async function askInside(
  from: ContainerSeen,
  to: string,
  port: number | undefined,
  context: LookContext,
): Promise<Inside> {
  const words = [to, port === undefined ? '' : String(port)];
  for (const program of [shellProgram, pythonProgram, nodeProgram]) {
    const ran = await runInside(from.Id, [...program, ...words], context, { env: impatient });
    const told = 'refused' in ran ? undefined : readAnswer(ran.text);
    if (told) return told;
  }
  return askBeside(from, words, context);
}

/** The programs print one line: `accepts 172.18.0.2`. What tools print besides is left alone. */
function readAnswer(text: string): Inside | undefined {
  const [, answer, address] = /^docker-tutor: (\w+) ?(\S*)\r?$/m.exec(text) ?? [];
  const known = answers.find((one) => one === answer);
  return known && { answer: known, ...(address && { address }) };
}

/** Images that are often here and have a shell with a way to ask; smaller ones first. */
const helperImages = /^(?:busybox|alpine|python|node|nginx|redis|postgres|debian|ubuntu)(?::|$)/;

/** A helper in the same network namespace, with the same name server. It carries the container's labels, so that clean finds it after a crash. */
async function askBeside(from: ContainerSeen, words: readonly string[], context: LookContext): Promise<Inside> {
  const { ask } = context;
  for (const image of await helpers(ask)) {
    const made = await ask({
      method: 'POST',
      path: '/containers/create',
      body: {
        Image: image,
        Entrypoint: shellProgram.slice(0, 1),
        Cmd: [...shellProgram.slice(1), ...words],
        Env: impatient,
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
      const told = readAnswer(await logTail(Id, false, context, 'all'));
      if (told) return told;
    } finally {
      await ask({ method: 'DELETE', path: `/containers/${Id}`, query: { force: '1', v: '1' } });
    }
  }
  return { answer: 'untold' };
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
