/** Which engine a command talks to, connected: the lab with --lab, else the one the docker CLI would ask. */
import { Failure } from '../../failure.ts';
import { resolveEndpoint } from '../../engine/connect/endpoint.ts';
import type { connect as Connect } from '../../engine/connect/connect.ts';
import type { Engine } from '../../engine/engine.ts';
import type { EngineOptions } from '../commands/subcommand.ts';

export interface EngineWish extends EngineOptions {
  /** Images the command will use; the lab makes those that its registry lacks. */
  readonly images: readonly string[];
  readonly signal: AbortSignal;
}

export interface OpenEngine {
  readonly engine: Engine;
  /** Of the images wished for, those that are not the real ones. */
  readonly standIns: readonly string[];
}

/** @throws Failure where no engine answers. With --lab, missing packages are installed: asking for the lab is consent. */
export async function openEngine(wish: EngineWish): Promise<OpenEngine> {
  const { connect } = await import('../../engine/connect/connect.ts');
  if (!wish.lab)
    return {
      engine: await connect(resolveEndpoint(wish), { signal: wish.signal }),
      standIns: [],
    };
  if (wish.host !== undefined || wish.context !== undefined)
    throw new Failure('--lab names an engine, and so does --host or --context.', {
      code: 'conflicting-options',
      exitCode: 2,
      hints: ['leave one of them out'],
    });
  return openLab(wish, connect);
}

async function openLab({ images, signal }: EngineWish, connect: typeof Connect): Promise<OpenEngine> {
  const [{ labUp }, { ensureImages }, { labEndpoint, labFolder, labPaths }, { labProgress }] = await Promise.all([
    import('../../lab/lab.ts'),
    import('../../lab/images/images.ts'),
    import('../../lab/folder.ts'),
    import('../../report/answers/lab.ts'),
  ]);
  const report = labProgress();
  // most often it is up: then it is asked by both at once
  const early = connect(labEndpoint(labPaths(await labFolder())), { signal }).catch(() => undefined);
  const lab = await labUp({ consent: () => Promise.resolve(true), images, signal, report });
  const provided = await ensureImages(images, { signal, report });
  const standIns = provided.filter(({ origin }) => origin === 'stand-in').map(({ name }) => name);
  const engine = await early;
  if (engine && !lab.started) return { engine, standIns };
  engine?.close();
  return { engine: await connect(lab.endpoint, { signal }), standIns };
}
