/** The learner works in a terminal of their own, with docker itself; the lesson states the goal, and looks on. */
import { setTimeout as wait } from 'node:timers/promises';
import { canonical } from '../../image-name.ts';
import type { Change } from '../../events/events.ts';
import { needsOutcome } from '../../check/claims.ts';
import { difference } from '../../inventory/difference.ts';
import { takeInventory } from '../../inventory/inventory.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { solutionOf } from '../../practice/hints.ts';
import { practised } from '../../scenario/practised.ts';
import type { Step } from '../../scenario/schema.ts';
import { changeNames, takeBack } from '../actions/take-back.ts';
import { watchFor } from '../actions/watch.ts';
import type { Scene } from '../scene.ts';
import { checkContext } from '../step.ts';
import type { Actor, Turn } from './actor.ts';
import type { ElsewhereSaid, Learner } from './learner.ts';
import { giveHint, practising } from './practising.ts';
import type { Helped } from './practising.ts';
import { linesOf } from '../../scenario/step-lines.ts';

type DoStep = Extract<Step, { do: unknown }>;

export function watching(learner: Learner): Actor {
  const here = practising(learner);
  const needed: Helped = { hints: 0, solution: false };
  let at: Step | undefined;
  return {
    ...here,
    elsewhere: true,
    ending: (scene, began) => offerRemoval(scene, began, learner),
    failed: async (turn, scene) => {
      if (!isWatched(turn.step)) return here.failed?.(turn, scene) ?? 'act';
      // what cannot be looked at would be looked at again at once
      return turn.failure ? learner.afterFailure(turn) : 'act';
    },
    act: async (step, scene) => {
      if (step !== at) Object.assign(needed, { hints: 0, solution: false });
      at = step;
      return isWatched(step) ? watched(step, needed, scene, learner) : here.act(step, scene);
    },
    needed: () => (at && !isWatched(at) ? (here.needed?.() ?? needed) : needed),
  };
}

/** What only a command prints is seen where it is typed: here. */
function isWatched(step: Step): step is DoStep {
  return 'do' in step && practised(step) === 'do' && step.expect.some((one) => !needsOutcome(one));
}

async function watched(step: DoStep, needed: Helped, scene: Scene, learner: Learner): Promise<Turn> {
  const { practice } = scene.words;
  const done = new AbortController();
  const signal = AbortSignal.any([scene.signal, done.signal]);
  const expectations = step.expect.filter((one) => !needsOutcome(one));
  const news: string[] = [];
  let asked = new AbortController();
  // the keys give way, and come again below it
  const tell = (text: string): void => {
    news.push(text);
    asked.abort();
  };
  const { held, look } = watchFor({
    expectations,
    context: checkContext(scene),
    signal,
    ticked: ({ claim, told = claim }) => tell(`✔ ${told}`),
    away: (isAway) => tell(isAway ? practice.engineSilent : practice.engineBack),
  });
  try {
    const reached = held.then(() => 'reached' as const);
    reached.catch(() => undefined);
    for (;;) {
      for (const text of news.splice(0)) learner.tell(text);
      asked = new AbortController();
      const { signal: interrupted } = asked;
      const at = { step, workspace: scene.workspace, signal: AbortSignal.any([signal, interrupted]) };
      const said = await Promise.race([
        reached,
        saidBy(learner, at).catch((error: unknown) => {
          if (signal.aborted || !interrupted.aborted) throw error;
          // the last tick of all is told with the rest
          return Promise.race([reached, wait(together, 'news' as const)]);
        }),
      ]).finally(() => asked.abort());
      if (said === 'news') continue;
      if (said === 'reached') return { own: { within: '0s', tells: 'all', elsewhere: true, feedback: [] } };
      switch (said.is) {
        case 'check':
          look();
          return { own: { within: '0s', tells: 'all', elsewhere: true, feedback: [] } };
        case 'hint':
          if (!giveHint(step, needed, scene)) learner.tell(practice.noMoreHintsElsewhere);
          continue;
        case 'solution':
          needed.solution = true;
          learner.tell(`$ ${solutionOf(linesOf(step), [])}`);
          continue;
        case 'skip':
        case 'quit':
        case 'keep':
          return { leave: said.is };
      }
    }
  } finally {
    done.abort();
    await held.catch(() => undefined);
  }
}

/** Ticks that come in one look are told at once, in ms. */
const together = 100;

async function saidBy(learner: Learner, at: Parameters<NonNullable<Learner['meanwhile']>>[0]): Promise<ElsewhereSaid> {
  if (learner.meanwhile) return learner.meanwhile(at);
  // nobody to ask: only the engine ends it
  return new Promise(() => undefined);
}

/** What the learner has made with docker itself is theirs: it is named, and removed if they agree. */
async function offerRemoval(scene: Scene, began: Inventory, learner: Learner): Promise<void> {
  const after = await takeInventory(scene.engine, scene.signal);
  const ours = (labels: Readonly<Record<string, string>>): boolean => scene.marks.isOn(labels);
  // pulled and built in the lesson's own prompt
  const written = new Set(scene.marks.written().map(({ name }) => name));
  const labelled = new Set([
    ...[...after.containers, ...after.networks].flatMap(({ id, labels }) => (ours(labels) ? [id] : [])),
    ...after.volumes.flatMap(({ name, labels }) => (ours(labels) ? [name] : [])),
  ]);
  const isLessons = ({ kind, id, name }: Change): boolean =>
    labelled.has(id) || written.has(kind === 'image' ? canonical(name) : name);
  const added = difference(began, after).filter((one) => one.change === 'added' && !isLessons(one));
  if (added.length === 0) return;
  const { practice } = scene.words;
  if (!(await learner.confirm(practice.removeYours(changeNames(added))))) return;
  for (const { kind, name, id } of added) [name, id].forEach((one) => scene.agreed.add(`${kind} ${one}`));
  const left = await takeBack(added, scene);
  if (left.length > 0) learner.tell(practice.stillThere(changeNames(left)));
}
