/** Which engine a command talks to, connected: the lab with --lab, else the one the docker CLI would ask. */
import { Failure } from '../../failure.ts';
import { resolveEndpoint } from '../../engine/connect/endpoint.ts';
import type { connect as Connect } from '../../engine/connect/connect.ts';
import type { Engine } from '../../engine/engine.ts';
import { canonical } from '../../image-name.ts';
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
  const [{ labUp }, { ensureImages }, { labEndpoint, labFolder, labPaths }, { labProgress }, { existsSync }] =
    await Promise.all([
      import('../../lab/lab.ts'),
      import('../../lab/images/images.ts'),
      import('../../lab/folder.ts'),
      import('../../report/answers/lab.ts'),
      import('node:fs'),
    ]);
  const report = labProgress();
  const wish = { consent: () => Promise.resolve(true), signal, report };
  const paths = labPaths(await labFolder());
  // most often it is up: then it is asked by both at once
  const early = connect(labEndpoint(paths), { signal }).catch(() => undefined);
  // one that has run before may have images: it is asked before what makes them is installed
  const started = images.length > 0 && (await early) === undefined && existsSync(paths.engineData);
  const again = started ? await connect((await labUp(wish)).endpoint, { signal }) : undefined;
  const engine = again ?? (await early);
  const here = engine && images.length > 0 ? await imagesHere(engine, signal) : new Map<string, boolean>();
  const missing = images.filter((image) => !here.has(canonical(image)));
  const lab = await labUp({ ...wish, images: missing });
  const provided = await ensureImages(missing, { signal, report });
  const madeHere = provided.filter(({ origin }) => origin === 'stand-in').map(({ name }) => name);
  const standIns = images.filter((image) => here.get(canonical(image)) === true || madeHere.includes(image));
  if (engine && !lab.started) return { engine, standIns };
  engine?.close();
  return { engine: await connect(lab.endpoint, { signal }), standIns };
}

/** Canonical names of what is on the engine, as a bundle may have brought it; whether it is a stand-in. */
async function imagesHere(engine: Engine, signal: AbortSignal): Promise<ReadonlyMap<string, boolean>> {
  const [{ askThrough, get }, { standInLabel }] = await Promise.all([
    import('../../engine/ask.ts'),
    import('../../lab/images/stand-ins.ts'),
  ]);
  const listed = (await get(askThrough(engine, signal), '/images/json')) as readonly ListedImage[];
  return new Map(
    listed.flatMap(({ RepoTags, Labels }) =>
      (RepoTags ?? []).map((name) => [canonical(name), standInLabel in (Labels ?? {})] as const),
    ),
  );
}

interface ListedImage {
  readonly RepoTags?: readonly string[] | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
}
