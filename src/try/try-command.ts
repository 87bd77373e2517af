/** Performs one command with the learner's own streams, and tells what it changed. */
import type { Command } from '../command/command.ts';
import { hideSecrets } from '../command/hide-secrets.ts';
import { operandAt } from '../command/parse.ts';
import { assertPerformable } from '../command/performable.ts';
import { builderAsked } from '../command/shell/builder-asked.ts';
import type { ParsedItem } from '../command/shell/script.ts';
import type { Engine } from '../engine/engine.ts';
import type { OpenPort } from '../events/events.ts';
import { openPorts, publishesAnew } from '../web/open-ports.ts';
import { namesRunning } from '../inventory/names-running.ts';
import { clientSettings } from '../perform/client-settings.ts';
import { exitCodeOf, performLine } from '../perform/line/perform-line.ts';
import type { PerformedLine } from '../perform/line/perform-line.ts';
import { needsNoEngine, performWithoutEngine } from '../perform/line/without-engine.ts';
import type { Io } from '../perform/world.ts';
import { contextIn } from '../permission/plan-context.ts';
import { portsHostFrom } from '../web/ports-host.ts';
import { english } from '../words/english.ts';
import type { Picture } from './pictures.ts';
import { picturesOf } from './pictures.ts';
import type { TryScene } from './try-line.ts';

/** What one command came to. */
export interface CommandDone extends PerformedLine {
  /** Without its secrets. */
  readonly command: string;
  readonly pictures: readonly Picture[];
  readonly openPorts: readonly OpenPort[];
}

export interface Trying {
  readonly scene: TryScene;
  readonly text: string;
  readonly signal: AbortSignal;
}

/** How long looking for pictures may take, in milliseconds; after an interruption too. */
const lookLimit = 10_000;

/** @throws what kept the command from being performed to its end; what it came to was told before */
export async function tryCommand(
  command: Command,
  item: ParsedItem,
  io: Io,
  { scene, text, signal }: Trying,
): Promise<number> {
  assertPerformable(command, text);
  const { shell, terminal, keyboard } = scene;
  const env = { ...shell.env, ...builderAsked(item.before) };
  const place = { ...shell, env, terminal, noKeyboard: !keyboard };
  if (needsNoEngine(command)) {
    const line = await performWithoutEngine(command, { io, signal, context: contextIn(place, '') });
    scene.done({ ...line, command: hideSecrets(item.text), pictures: [], openPorts: [] });
    return exitCodeOf(line);
  }
  const { engine, owning } = await scene.engines.at(command.globals);
  await scene.provide?.(imagesOf(command), signal);
  const { guard, marks } = owning;
  const settings = clientSettings(engine);
  const { apiVersion, prefersBuildkit = false } = engine.about;
  const line = await performLine(command, {
    engine,
    guard,
    marks,
    io,
    credentials: scene.credentials,
    signal,
    context: contextIn({ ...place, settings, prefersBuildkit }, apiVersion),
    offersAll: true,
  });
  const { refusal, ...rest } = line;
  const looking = AbortSignal.timeout(lookLimit);
  const pictures = await picturesOf(line.changes, engine, looking).catch(() => []);
  const open = await openedBy(line, engine, looking).catch(() => []);
  const notes = [...line.notes, ...notesAfter(command, line, signal)];
  // docker may have gone on where the engine said no
  const failedFor = line.exitCode === 0 ? undefined : refusal;
  scene.done({
    ...rest,
    command: hideSecrets(item.text),
    pictures,
    openPorts: open,
    notes,
    ...(failedFor && { refusal: failedFor }),
  });
  return exitCodeOf(line);
}

async function openedBy(
  { changes, after }: PerformedLine,
  engine: Engine,
  signal: AbortSignal,
): Promise<readonly OpenPort[]> {
  if (!after || !changes.some(publishesAnew)) return [];
  return openPorts(changes, after, await portsHostFrom(engine, signal));
}

function notesAfter({ row }: Command, { exitCode, changes }: PerformedLine, signal: AbortSignal): readonly string[] {
  if (row.name === 'login' && exitCode === 0)
    return [
      'This login lasts until docker-tutor ends, and your own logins are as they were. docker login itself keeps it.',
    ];
  // the first process of a container ends at Ctrl-C only where its program takes care of it
  return signal.aborted ? namesRunning(changes).map(english.practice.stillRuns) : [];
}

/** Images that the command may have to pull. */
function imagesOf({ row, operands }: Command): readonly string[] {
  if (!/^(?:container (?:run|create)|image pull|service create)$/.test(row.name)) return [];
  return operands.filter((_, i) => row.operands[operandAt(row, i, operands.length)]?.names === 'image');
}
