/** The lesson shows each step, and stops before it: the learner lets it happen, or types something of their own. */
import type { Step } from '../../scenario/schema.ts';
import { performLines } from '../actions/commands.ts';
import { askQuestion } from '../actions/quiz.ts';
import type { Scene } from '../scene.ts';
import type { Actor, Turn } from './actor.ts';
import type { Learner, Said } from './learner.ts';
import { asTyped, performedOf, wishedOf } from './typed.ts';
import { linesOf } from '../../scenario/step-lines.ts';
import { performStep } from './unattended.ts';

type DoStep = Extract<Step, { do: unknown }>;

export function guided(learner: Learner): Actor {
  let at: Reached | undefined;
  return {
    tells: 'why',
    answerer: learner,
    act: (step, scene) => {
      if (at?.step !== step) at = { step, lines: 0 };
      return act(at, scene, learner);
    },
    failed: async (turn) => (turn.looked ? 'act' : learner.afterFailure(turn)),
    pause: (where) => learner.pause(where),
  };
}

/** How far a step was taken: what was performed of it is not offered again. */
interface Reached {
  readonly step: Step;
  /** How many of its commands. */
  lines: number;
}

async function act(at: Reached, scene: Scene, learner: Learner): Promise<Turn> {
  const { step } = at;
  const { workspace } = scene;
  if ('do' in step) return actLines(step, at, scene, learner);
  if ('quiz' in step) return askQuestion(step, scene, learner);
  if ('read' in step) return {};
  const action = { other: actionWords(step, scene) };
  const said = await learner.before({ step, workspace, action });
  if (said.is === 'line') return asTyped(said.line, step, scene, learner);
  return leaving(said) ?? performStep(step, scene);
}

/** Each command is offered in its turn. After the last, trying again begins anew. */
async function actLines(step: DoStep, at: Reached, scene: Scene, learner: Learner): Promise<Turn> {
  const lines = linesOf(step);
  if (at.lines >= lines.length) at.lines = 0;
  const turn = await performLines(step, lines.slice(at.lines), scene, async (command) => {
    const offer = { step, workspace: scene.workspace, action: { command } };
    const said = await learner.before(offer);
    if (said.is !== 'line') {
      const left = leaving(said);
      if (!left) at.lines += 1;
      return left;
    }
    const before = wishedOf(step, scene).slice(0, at.lines);
    const typed = await asTyped(said.line, step, scene, learner, before);
    // the same, written in another way
    if (performedOf(typed.commands, step, scene).includes(at.lines)) at.lines += 1;
    return typed;
  });
  // what has ended the list is offered again
  if ('cutShort' in turn && turn.cutShort) at.lines -= 1;
  return turn;
}

/** Undefined where what was offered is let happen. */
function leaving({ is }: Exclude<Said, { is: 'line' }>): Turn | undefined {
  return is === 'perform' ? undefined : { leave: is };
}

function actionWords(
  step: Exclude<Step, { do: unknown } | { quiz: unknown } | { read: unknown }>,
  { words }: Scene,
): string {
  const { offers } = words.step;
  if ('write' in step) return offers.write(step.write.path);
  return 'request' in step ? requestWords(step.request) : offers.look;
}

function requestWords(request: Extract<Step, { request: unknown }>['request']): string {
  const { method = 'GET' } = request;
  return `${method} ${'url' in request ? request.url : `port ${String(request.port)}${request.path ?? '/'}`}`;
}
