/** The run does each step itself, and waits for whoever reads along. */
import type { QuizAsked } from '../../events/events.ts';
import type { Step } from '../../scenario/schema.ts';
import { performLines } from '../actions/commands.ts';
import type { Scene } from '../scene.ts';
import type { ActionResult, Actor } from './actor.ts';

/** Whoever sits before the screen. */
export interface Reader {
  readonly pause: Actor['pause'];
  /** Index of the option chosen; undefined where the learner would rather see the answer. */
  answer(quiz: Pick<QuizAsked, 'ask' | 'options'>): Promise<number | undefined>;
}

/** @param reader absent: nobody sits there, every pause is passed, and quizzes are told with their answers */
export function guided(reader?: Reader): Actor {
  return {
    act: (step, scene) => act(step, scene, reader),
    pause: async (step) => reader?.pause(step) ?? 'next',
  };
}

async function act(step: Step, scene: Scene, reader: Reader | undefined): Promise<ActionResult> {
  if ('do' in step) return performLines(step, typeof step.do === 'string' ? [step.do] : step.do, scene);
  if ('quiz' in step) {
    await ask(step, scene, reader);
    return {};
  }
  if ('write' in step) {
    const { writeFileOf } = await import('../actions/write.ts');
    scene.emit({ type: 'file-written', step: step.id, ...(await writeFileOf(step.write, scene.workspace)) });
    return {};
  }
  if ('request' in step) {
    const { sendRequest } = await import('../actions/http-request.ts');
    return { outcome: await sendRequest(step.request, scene, step.id) };
  }
  return {};
}

async function ask(step: Extract<Step, { quiz: unknown }>, scene: Scene, reader: Reader | undefined): Promise<void> {
  const { ask: question, options, answer, because } = step.quiz;
  const given = await reader?.answer({ ask: question, options });
  scene.emit({
    type: 'quiz',
    step: step.id,
    ask: question,
    options,
    answer: answer - 1,
    because,
    ...(given !== undefined && { given }),
  });
}
