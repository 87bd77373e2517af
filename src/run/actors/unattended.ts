/** The run does each step itself, and passes every pause: nobody is there. */
import type { Step } from '../../scenario/schema.ts';
import { linesOf } from '../../scenario/step-lines.ts';
import { performLines } from '../actions/commands.ts';
import type { Scene } from '../scene.ts';
import type { Actor, Turn } from './actor.ts';

export function unattended(): Actor {
  return { tells: 'why', act: performStep, pause: async () => 'next' };
}

/** What the lesson itself does in a step. A question is told with its answer. */
export async function performStep(step: Step, scene: Scene): Promise<Turn> {
  if ('do' in step) return performLines(step, linesOf(step), scene);
  if ('quiz' in step) {
    const { askedOf } = await import('../actions/quiz.ts');
    scene.emit(askedOf(step.id, step.quiz));
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
  if ('machine' in step) {
    const { lookAtMachine } = await import('../actions/look-at-machine.ts');
    return { outcome: await lookAtMachine(step.machine, scene, step.id) };
  }
  return {};
}
