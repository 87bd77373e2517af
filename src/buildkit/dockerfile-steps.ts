/** Which instructions of a Dockerfile came from the cache, by what BuildKit told of its steps. Pure. */
import { stageSteps, stepNamed } from '../dockerfile/stage-steps.ts';
import type { Instruction } from '../dockerfile/read.ts';
import { isOver, secondsOf } from './build-trace.ts';
import type { BuildTrace, TracedStep } from './build-trace.ts';

export interface DockerfileStep {
  /** `COPY . .` */
  readonly instruction: string;
  readonly cached: boolean;
  readonly ms: number;
}

/**
 * In the order of the Dockerfile; stages that were left out are left out here. An instruction that makes no layer counts as
 * the one before it: BuildKit has no step for it.
 */
export function dockerfileSteps(text: string, { steps }: Pick<BuildTrace, 'steps'>): readonly DockerfileStep[] {
  const stages = stageSteps(text);
  const found = new Map<Instruction, TracedStep>();
  for (const step of steps.values()) {
    const named = isOver(step) ? stepNamed(stages, step.vertex.name) : undefined;
    if (named) found.set(named.instruction, step);
  }
  return stages.flatMap(({ instructions, counted }, index) => {
    const isBuilt = counted.some((one) => found.has(one)) || (counted.length === 0 && index === stages.length - 1);
    let cached = true;
    return !isBuilt
      ? []
      : instructions.map((instruction) => {
          const step = found.get(instruction);
          if (step) cached = instruction.word === 'FROM' ? cached : step.vertex.cached;
          const isHere = instruction.word === 'FROM' ? !step || !wasPulled(step) : cached;
          return { instruction: written(instruction), cached: isHere, ms: step ? milliseconds(step) : 0 };
        });
  });
}

/** What is fetched has a task a layer. */
function wasPulled({ tasks }: TracedStep): boolean {
  return [...tasks.values()].some(({ id, total }) => /^(?:extracting )?sha256:/.test(id) && total > 0);
}

function milliseconds(step: TracedStep): number {
  return Math.round(secondsOf(step) * 1000);
}

function written({ word, flags, rest }: Instruction): string {
  return [word, ...flags.map(({ name, value }) => `--${name}${value === '' ? '' : `=${value}`}`), rest].join(' ');
}
