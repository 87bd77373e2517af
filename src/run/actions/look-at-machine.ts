/** The action `machine`: the learner's machine, looked at by probes of doctor. */
import type { StepOutcome } from '../../check/check.ts';
import { exitCodeOf, examine, withNeeds } from '../../doctor/examine.ts';
import { lookingProbes } from '../../doctor/probes/all.ts';
import { thisWorld } from '../../doctor/world/this-world.ts';
import { probeLines } from '../../events/probe-lines.ts';
import type { MachineAction } from '../../scenario/schema.ts';
import type { Scene } from '../scene.ts';

/**
 * What each has seen is shown as the output of step `step`, and how to mend what is not as it should be.
 * @returns exit code 4 where one of them failed, as doctor has it; what is only to be minded is told
 */
export async function lookAtMachine(
  asked: MachineAction['machine'],
  { engine, signal, emit }: Scene,
  step: string,
): Promise<StepOutcome> {
  const world = thisWorld({ endpoint: engine.endpoint, signal });
  let stdout = '';
  try {
    const results = await examine(withNeeds(asked, lookingProbes), world, (result) => {
      // what stands in the way of one is named by that one
      if (!asked.some((one) => one === result.probe)) return;
      const text = `${probeLines(result).join('\n  ')}\n`;
      stdout += text;
      emit({ type: 'output', step, stream: 'stdout', text });
    });
    return { exitCode: exitCodeOf(results), stdout, stderr: '' };
  } finally {
    await world.close();
  }
}
