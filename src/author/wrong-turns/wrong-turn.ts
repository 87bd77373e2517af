/** Something done in place of a step, and before it: looked at, and taken back, so that the step finds all as it was. */
import type { Change } from '../../events/events.ts';
import type { Failure } from '../../failure.ts';
import { foreseen } from '../../as-failure.ts';
import { problemOf } from '../../engine/problems.ts';
import { difference } from '../../inventory/difference.ts';
import { takeInventory } from '../../inventory/inventory.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { runOf } from '../../ownership/labels.ts';
import { madeBy, takeBack } from '../../run/actions/take-back.ts';
import { keptFile } from '../../run/actions/write.ts';
import { performLines } from '../../run/actions/commands.ts';
import type { ActionResult, Turn } from '../../run/actors/actor.ts';
import type { Scene } from '../../run/scene.ts';
import type { Step } from '../../scenario/schema.ts';
import { limited } from '../../waits/waits.ts';
import { mayHaveWritten } from './traces-left.ts';
import { folderState, withOwnersOf, withoutNewFolders } from './folder-state.ts';

export interface WrongTurn {
  /** The step in whose place it is taken. */
  readonly step: Step;
  /** Milliseconds: what takes longer has no end. */
  readonly limit: number;
  perform(scene: Scene): Promise<Turn>;
  /** Looks at what came of it, while it is there. */
  judge(came: Came, scene: Scene): Promise<Judged>;
  /** A line that puts right what it did, where removing what it made does not. */
  readonly restore?: string | undefined;
  /** Files of the workspace that it writes. */
  readonly writes: readonly string[];
}

/** What a wrong turn came to. `endless`: it did not end by itself. */
export type Came =
  | { readonly is: 'done'; readonly result: ActionResult }
  | { readonly is: 'refused'; readonly failure: Failure }
  | { readonly is: 'endless' };

export interface Judged {
  /** It was told from the step done right. */
  readonly seen: boolean;
  /** What is to be done with it, once it is sure that nothing from before has led astray. */
  settle(): void;
}

export interface TakenTurn {
  readonly judged: Judged;
  /** `written`: all is there that was there, but something may stand in it that no inventory shows. */
  readonly leaves: 'nothing' | 'written' | 'changed';
}

/** @throws the signal's reason, and what is no failure of the turn */
export async function takeWrongTurn(turn: WrongTurn, scene: Scene): Promise<TakenTurn> {
  const { engine, signal, workspace } = scene;
  const [before, files] = await Promise.all([takeInventory(engine, signal), folderState(workspace, turn.writes)]);
  scene.inventory.latest = before;
  const kept = await Promise.all(turn.writes.map((path) => keptFile(path, workspace)));
  const told: Happening[] = [];
  const begun = scene.guard.now();
  const aside: Scene = { ...scene, kept: [], emit: (happening) => told.push(happening) };
  const came = await taken(turn, aside);
  const judged = await turn.judge(came, aside);
  if (turn.restore !== undefined) await performLines(turn.step, [turn.restore], aside);
  const after = await takeInventory(engine, signal);
  scene.inventory.latest = after;
  const changes = ownDifference(before, after, told, scene);
  const wrote = mayHaveWritten(told, { before, after }, scene);
  const made = madeBy(changes);
  if (made.length > 0) await takeBack(made, aside);
  await scene.guard.forgetBuilds(begun);
  const putRight = changes.flatMap(linesBack);
  // one that fails is seen by what is there then
  for (const line of putRight) await performLines(turn.step, [line], aside);
  const now = await takeInventory(engine, signal);
  scene.inventory.latest = now;
  for (const asBefore of kept) await asBefore();
  await withoutNewFolders(workspace, files);
  await withOwnersOf(workspace, files);
  const isAsBefore =
    ownDifference(before, now, told, scene).length === 0 &&
    (await folderState(workspace, turn.writes)).text === files.text;
  return { judged, leaves: !isAsBefore ? 'changed' : wrote || putRight.length > 0 ? 'written' : 'nothing' };
}

export type Happening = Parameters<Scene['emit']>[0];

async function taken(turn: WrongTurn, scene: Scene): Promise<Came> {
  let isLate = false;
  try {
    return await limited(turn.limit, scene.signal, async (limit) => {
      limit.addEventListener('abort', () => (isLate = true));
      const result = await turn.perform({ ...scene, signal: limit });
      if ('leave' in result) throw new Error('a wrong turn does not leave its step');
      return { is: 'done', result };
    });
  } catch (error) {
    scene.signal.throwIfAborted();
    if (isLate) return { is: 'endless' };
    const failure = problemOf(error, scene.engine) ?? foreseen(error);
    if (!failure) throw error;
    return { is: 'refused', failure };
  }
}

/** What others do on the engine at the same time is theirs. Images have no label, nor has a volume that a container brings along: these are told by name. */
function ownDifference(
  before: Inventory,
  after: Inventory,
  told: readonly Happening[],
  { label }: Scene,
): readonly Change[] {
  const named = new Set(told.flatMap((one) => (one.type === 'command-finished' ? one.changes.map(nameOf) : [])));
  const labelled = new Set(
    [before, after].flatMap(({ containers, networks, volumes }) => [
      ...[...containers, ...networks].flatMap(({ id, labels }) => (runOf(labels) === label ? [id] : [])),
      ...volumes.flatMap(({ name, labels }) => (runOf(labels) === label ? [name] : [])),
    ]),
  );
  return difference(before, after).filter((change) => labelled.has(change.id) || named.has(nameOf(change)));
}

/** What makes a container as it was, where that can be: it runs again, and is off the networks that it has joined. */
function linesBack({ change, kind, name, facts, before = {} }: Change): readonly string[] {
  if (change !== 'changed' || kind !== 'container') return [];
  const networks = new Set((before['networks'] ?? facts['networks'] ?? '').split(' '));
  const joined = (facts['networks'] ?? '').split(' ').filter((network) => network !== '' && !networks.has(network));
  return [
    ...joined.map((network) => `docker network disconnect ${network} ${name}`),
    ...(before['state'] === 'running' && facts['state'] === 'exited' ? [`docker start ${name}`] : []),
  ];
}

function nameOf({ kind, name }: Change): string {
  return `${kind} ${name}`;
}
