/** Images that the lessons use, fetched before the first of them, once for all. They are the check's own, and go with it. */
import { cleanUp } from '../run/clean-up.ts';
import type { CleanedUp } from '../run/clean-up.ts';
import { asFailure } from '../as-failure.ts';
import { readCommand } from '../command/performable.ts';
import { quote } from '../command/shell/quote.ts';
import { askThrough } from '../engine/ask.ts';
import type { Engine } from '../engine/engine.ts';
import type { CredentialStore } from '../engine/login/logins.ts';
import { problemOf } from '../engine/problems.ts';
import { Failure } from '../failure.ts';
import { lookAt } from '../ownership/image-view.ts';
import { startOwning } from '../ownership/start.ts';
import { lessonSettings } from '../perform/client-settings.ts';
import { exitCodeOf, performLine } from '../perform/line/perform-line.ts';
import { planContext } from '../permission/plan-context.ts';
import { newRunId } from '../state/run-id.ts';
import { sideBySide } from '../run/side-by-side.ts';

export interface AheadSetting {
  readonly engine: Engine;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Logins for registries. */
  readonly credentials: CredentialStore;
  readonly signal: AbortSignal;
  /** Told before the first is fetched: the images that are not on the engine. */
  fetching(images: readonly string[]): void;
}

export interface ImagesAhead {
  /** Why an image could not be had. */
  readonly missing: ReadonlyMap<string, Failure>;
  /** Removes what was fetched. It goes on after an interruption. */
  end(): Promise<CleanedUp>;
}

/** As many as a registry lets one fetch without slowing each down. */
const atOnce = 3;

/** Labels and journal say what a thing is for. */
const purpose = 'check';

/** Longest that fetching one image may take, in milliseconds. */
const fetchLimit = 15 * 60_000;

/** @param images as the lessons write them @throws the signal's reason */
export async function fetchAhead(images: readonly string[], setting: AheadSetting): Promise<ImagesAhead> {
  const { engine, env, signal } = setting;
  const label = newRunId(Date.now());
  const owning = startOwning({
    engine,
    env,
    run: label,
    scenario: () => purpose,
    signal,
    at: new Date().toISOString(),
  });
  const ask = askThrough(engine, signal);
  const end = (): Promise<CleanedUp> => cleanUp(owning, label, engine);
  const missing = new Map<string, Failure>();
  try {
    const seen = await Promise.all(images.map((image) => lookAt(image, ask)));
    const wanted = images.filter((_, at) => seen[at] === undefined);
    if (wanted.length > 0) setting.fetching(wanted);
    await sideBySide(wanted, { jobs: atOnce, takes: () => [] }, async (image) => {
      const failure = await fetched(image, { ...setting, owning });
      if (failure) missing.set(image, failure);
    });
    return { missing, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** @returns why it could not be had @throws the signal's reason */
async function fetched(
  image: string,
  { engine, credentials, signal, owning }: AheadSetting & { readonly owning: ReturnType<typeof startOwning> },
): Promise<Failure | undefined> {
  const context = planContext('/', engine.about.apiVersion, { settings: lessonSettings(engine) });
  const line = await performLine(readCommand(`docker pull --quiet ${quote(image)}`, context), {
    engine,
    guard: owning.guard,
    marks: owning.marks,
    io: { question: () => Promise.resolve('n') },
    credentials,
    signal,
    context,
    limit: fetchLimit,
  });
  signal.throwIfAborted();
  try {
    if (exitCodeOf(line) === 0) return undefined;
  } catch (error) {
    return asFailure(problemOf(error, engine) ?? error, signal);
  }
  return (
    line.refusal ??
    new Failure(`The image ${image} could not be fetched.`, {
      code: 'image-not-fetched',
      exitCode: 4,
      evidence: [line.stderr.trim()].filter((text) => text !== ''),
    })
  );
}
