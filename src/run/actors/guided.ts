/** The lesson shows each step, and stops before it: the learner lets it happen, or types something of their own. */
import type { Step } from '../../scenario/schema.ts';
import { performLines } from '../actions/commands.ts';
import { askQuestion } from '../actions/quiz.ts';
import type { Scene } from '../scene.ts';
import type { Actor, Turn } from './actor.ts';
import type { Learner, Said } from './learner.ts';
import { asTyped } from './typed.ts';
import { linesOf, performStep } from './unattended.ts';

export function guided(learner: Learner): Actor {
  return {
    tells: 'why',
    act: (step, scene) => act(step, scene, learner),
    failed: async (turn) => (turn.looked ? 'act' : learner.afterFailure(turn)),
    pause: (at) => learner.pause(at),
  };
}

async function act(step: Step, scene: Scene, learner: Learner): Promise<Turn> {
  const { workspace } = scene;
  if ('do' in step)
    return performLines(step, linesOf(step), scene, async (command) =>
      instead(await learner.before({ step, workspace, action: { command } }), step, scene, learner),
    );
  if ('quiz' in step) return askQuestion(step, scene, learner);
  if ('read' in step) return {};
  const action = { other: 'write' in step ? `write ${step.write.path}` : requestWords(step.request) };
  const said = await learner.before({ step, workspace, action });
  return (await instead(said, step, scene, learner)) ?? performStep(step, scene);
}

/** What the learner does in place of what was offered; it may do the whole step. */
async function instead(said: Said, step: Step, scene: Scene, learner: Learner): Promise<Turn | undefined> {
  switch (said.is) {
    case 'perform':
      return undefined;
    case 'line':
      return asTyped(said.line, step, scene, learner);
    case 'skip':
    case 'quit':
    case 'keep':
      return { leave: said.is };
  }
}

function requestWords(request: Extract<Step, { request: unknown }>['request']): string {
  const { method = 'GET' } = request;
  return `${method} ${'url' in request ? request.url : `port ${String(request.port)}${request.path ?? '/'}`}`;
}
