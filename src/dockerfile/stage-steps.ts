/** The steps of a Dockerfile as BuildKit counts them: `[build 2/4]` is the second of the stage `build`. Pure. */
import { readDockerfile, type Instruction } from './read.ts';

export interface StageSteps {
  /** `build`; of a stage without a name, `stage-1`. */
  readonly name: string;
  /** All of the stage, its FROM first. */
  readonly instructions: readonly Instruction[];
  /** Those that BuildKit counts. */
  readonly counted: readonly Instruction[];
}

/** What makes a layer; the others only change the image's settings. */
const counts: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

export function stageSteps(text: string): readonly StageSteps[] {
  const stages: { name: string; instructions: Instruction[]; counted: Instruction[] }[] = [];
  for (const instruction of readDockerfile(text).instructions) {
    if (instruction.word === 'FROM') {
      const [from = '', as = '', given] = instruction.rest.split(/\s+/);
      const name = as.toUpperCase() === 'AS' && given !== undefined ? given.toLowerCase() : `stage-${stages.length}`;
      const isImage = from !== 'scratch' && !stages.some((stage) => stage.name === from.toLowerCase());
      stages.push({ name, instructions: [instruction], counted: isImage ? [instruction] : [] });
      continue;
    }
    const stage = stages.at(-1);
    if (!stage) continue;
    stage.instructions.push(instruction);
    if (counts.has(instruction.word)) stage.counted.push(instruction);
  }
  return stages;
}

export interface NamedStep {
  readonly stage: StageSteps;
  readonly instruction: Instruction;
}

/**
 * @param name as BuildKit has it, `[build 2/4] RUN make`, `[linux/arm64 build 2/4] RUN make`
 * @returns undefined for its own steps, and for what ONBUILD of the base has brought
 */
export function stepNamed(stages: readonly StageSteps[], name: string): NamedStep | undefined {
  const [, words, at, of] = /^\[((?:\S+ )*)(\d+)\/(\d+)\] /.exec(name) ?? [];
  if (words === undefined) return undefined;
  const wanted = words.trim().split(' ').at(-1) ?? '';
  const stage = stages.find((one) => one.name === wanted) ?? (stages.length === 1 ? stages[0] : undefined);
  if (!stage) return undefined;
  // what ONBUILD brings stands behind FROM
  const extra = Math.max(0, Number(of) - stage.counted.length);
  const place = Number(at) - 1;
  const hasFrom = stage.counted[0]?.word === 'FROM';
  const instruction = hasFrom && place === 0 ? stage.counted[0] : stage.counted[place - extra];
  return instruction && !(extra > 0 && place !== 0 && place < extra + (hasFrom ? 1 : 0))
    ? { stage, instruction }
    : undefined;
}
