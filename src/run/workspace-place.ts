/**
 * Where the workspace of a scenario lies. A bind mount names a folder of the engine's machine, and engines in virtual
 * machines, snaps and containers do not see the temporary folder of this one. So where a scenario mounts its workspace, a
 * place that the engine sees is looked for before the first step: the temporary folder, else the home folder.
 */
import { Buffer } from 'node:buffer';
import { homedir } from 'node:os';
import { causeFailure } from '../cause-failure.ts';
import { readAnswer } from '../engine/answer.ts';
import type { Engine } from '../engine/engine.ts';
import type { Request } from '../api/request.ts';
import type { Owning } from '../ownership/start.ts';
import { startOwning } from '../ownership/start.ts';
import type { Scenario } from '../scenario/schema.ts';
import { realFolder, temporaryFolder } from '../state/places.ts';
import { newRunId } from '../state/run-id.ts';
import { cleanUp } from './clean-up.ts';

export interface WorkspacePlace {
  /** Folder that the workspace is made in. */
  readonly parent: string;
  /** Whether the engine was seen to see it. Else that comes to light at the first mount. */
  readonly seen: boolean;
}

interface PlaceWish {
  readonly scenario: Scenario;
  readonly engine: Engine;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** @throws Failure E-REMOTE-BIND where the scenario mounts its workspace and the engine sees none of the places; E-TEMP-FOLDER */
export async function workspacePlace(wish: PlaceWish): Promise<WorkspacePlace> {
  const temporary = temporaryFolder();
  if (!mountsWorkspace(wish.scenario)) return { parent: temporary, seen: false };
  const home = realFolder(homedir());
  const places = [temporary, ...(home === undefined || home === temporary ? [] : [home])];
  const { engine, env, scenario, signal } = wish;
  // what the proof makes is written down and removed as everything else that docker-tutor makes
  const run = newRunId(Date.now());
  const owning = startOwning({
    engine,
    env,
    run,
    scenario: () => scenario.id,
    signal,
    at: new Date().toISOString(),
  });
  try {
    const image = await emptyImage(owning, engine, signal);
    if (image === undefined) return { parent: temporary, seen: false };
    for (const parent of places) {
      const seen = await owning.guard.sees(parent, image);
      if (seen === 'seen') return { parent, seen: true };
      if (seen === 'untold') return { parent: temporary, seen: false };
    }
  } finally {
    await cleaned(owning, run, engine);
  }
  throw causeFailure('E-REMOTE-BIND', {
    args: { path: places.join(' or '), tried: 'home', address: engine.endpoint.address },
  });
}

/** After an interruption too. @throws Failure where something stays */
async function cleaned(owning: Owning, run: string, engine: Engine): Promise<void> {
  const { failure } = await cleanUp(owning, run, engine);
  if (failure) throw failure;
}

/** As a learner writes the workspace: `-v ./site:/www`, `type=bind`; in a compose file `- ./src:/app`. */
const bindInLine = /(?:-v|--volume)[ =]?["']?(?:\.{1,2}[/:]|\$PWD|\$\{PWD|\$\(pwd\)|\{\{workspace\}\})|type=bind/;
const bindInFile = /^\s*-\s+["']?(?:\.{1,2}(?:\/[^\s:]*)?|\$\{?PWD[^\s:]*):\/|^\s*-?\s*type: bind/m;

/** By how it is written: what this does not see comes to light at the first mount. */
export function mountsWorkspace({ steps }: Pick<Scenario, 'steps'>): boolean {
  return steps.some((step) => {
    if ('do' in step) return [step.do].flat().some((line) => bindInLine.test(line));
    return (
      'write' in step && Object.values(step.write).some((text) => typeof text === 'string' && bindInFile.test(text))
    );
  });
}

/** An archive with nothing in it. */
const emptyArchive = Buffer.alloc(1024);

/** An image with nothing in it, for a container that is never started: so no image need be pulled for the proof. */
async function emptyImage({ guard }: Owning, engine: Engine, signal: AbortSignal): Promise<string | undefined> {
  const request: Request = { method: 'POST', path: '/images/create', query: { fromSrc: '-' } };
  const decision = await guard.before(request);
  if (!('send' in decision)) return undefined;
  const headers = { 'content-type': 'application/x-tar' };
  const reply = await engine.send(decision.send, { signal, headers, body: emptyArchive });
  const { status, body, text } = await readAnswer({ request, engine }, reply, signal);
  await guard.after(decision.send, status, body);
  await guard.settled();
  return /sha256:[0-9a-f]{64}/.exec(text)?.[0];
}
