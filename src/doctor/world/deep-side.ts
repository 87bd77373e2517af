/** What --deep does: docker command lines, performed as lessons perform them, and removed as theirs. */
import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseCommand } from '../../command/parse.ts';
import type { Engine } from '../../engine/engine.ts';
import { configFolder } from '../../engine/connect/endpoint.ts';
import { dockerLogins } from '../../engine/login/docker-logins.ts';
import { lessonLogins } from '../../engine/login/logins.ts';
import { problemOf } from '../../engine/problems.ts';
import { clientSettings } from '../../perform/client-settings.ts';
import { performLine } from '../../perform/line/perform-line.ts';
import type { PerformedLine } from '../../perform/line/perform-line.ts';
import { contextIn } from '../../permission/plan-context.ts';
import type { CleanResult } from '../../ownership/clean/clean.ts';
import { isOfOtherRun } from '../../ownership/clean/removal.ts';
import { startOwning } from '../../ownership/start.ts';
import type { Owning } from '../../ownership/start.ts';
import { newRunId } from '../../state/run-id.ts';
import { makeTemporaryFolder } from '../../state/temporary-folder.ts';
import type { OwnThing } from '../../state/own-things.ts';
import { pageAt, pullsLeft } from './web.ts';
import type { DeepSide, Performed } from './world.ts';

export interface OpenDeepSide extends DeepSide {
  /** Removes all that was made. @returns what could not be removed, a line each */
  close(): Promise<readonly string[]>;
}

/** Milliseconds: a small image is pulled, an image of one line built; and the removal of all that. */
const [lineLimit, cleanLimit] = [60_000, 20_000];

export function openDeep(connected: () => Promise<Engine>, env: NodeJS.ProcessEnv, signal: AbortSignal): OpenDeepSide {
  const run = newRunId(Date.now());
  const name = `doctor-${run}`;
  let place: { readonly owning: Owning; readonly engine: Engine } | undefined;
  let own: OwnThing | undefined;
  const folder = (): string => {
    own ??= workFolder(env, run, name);
    return own.path;
  };
  async function placed(): Promise<NonNullable<typeof place>> {
    const engine = await connected();
    return (place ??= {
      engine,
      owning: startOwning({
        engine,
        run,
        env,
        scenario: () => 'doctor',
        signal,
        at: new Date().toISOString(),
      }),
    });
  }
  return {
    name,
    folder,
    async perform(line) {
      const { engine, owning } = await placed();
      const shell = {
        cwd: folder(),
        env: { HOME: folder(), PWD: folder() },
        terminal: false,
        settings: clientSettings(engine, env),
      };
      return performedAs(
        await performLine(parseCommand(`docker ${line}`, { env: shell.env, cwd: shell.cwd, home: shell.cwd }), {
          engine,
          guard: owning.guard,
          marks: owning.marks,
          io: { question: () => Promise.resolve('n') },
          credentials: lessonLogins(dockerLogins(configFolder({ env, home: homedir() }), signal)),
          signal,
          context: contextIn(shell, engine.about.apiVersion),
          limit: lineLimit,
        }),
        engine,
      );
    },
    page: (url) => pageAt(url, signal),
    pullsLeft: () => pullsLeft(signal),
    async close() {
      const cleaned = await place?.owning.clean(AbortSignal.timeout(cleanLimit)).catch(couldNot);
      own?.remove();
      // an image that another run uses goes with that one
      return (cleaned?.left ?? [])
        .filter((thing) => !isOfOtherRun(thing))
        .map(({ kind, name: called, why }) => `${kind} ${called}: ${why}`);
    },
  };
}

/** An engine that is gone: docker-tutor clean takes it later. */
function couldNot(error: unknown): Pick<CleanResult, 'left'> {
  const why = error instanceof Error ? error.message : String(error);
  return { left: [{ kind: 'things', name: 'of this doctor', id: '', why }] };
}

function workFolder(env: NodeJS.ProcessEnv, run: string, token: string): OwnThing {
  const own = makeTemporaryFolder({ env, stem: 'docker-tutor-doctor', run });
  writeFileSync(join(own.path, 'token'), `${token}\n`);
  writeFileSync(join(own.path, 'Dockerfile'), 'FROM busybox\nCOPY token /token\nRUN cat /token\n');
  return own;
}

function performedAs({ exitCode, stdout, stderr, refusal, error }: PerformedLine, engine: Engine): Performed {
  const failure = refusal ?? (error === undefined ? undefined : problemOf(error, engine));
  if (error !== undefined && !failure) throw error as Error;
  return { exitCode: exitCode ?? 1, stdout, stderr, ...(failure && exitCode !== 0 && { failure }) };
}
