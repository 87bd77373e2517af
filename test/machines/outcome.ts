/** What a lesson came to on a machine. Right is: it passes, or it says before its first step what is in the way. Pure. */
import type { Event } from '../../src/events/events.ts';

export type Outcome =
  | { readonly is: 'passed'; readonly steps: number }
  /** `code` is absent where the program itself could not begin. `mend`: the first of what it says to do. */
  | { readonly is: 'told'; readonly code?: string; readonly message: string; readonly mend: string }
  | { readonly is: 'wrong'; readonly why: string };

export interface RunEnded {
  readonly code: number | null;
  /** What `run LESSON --yes --format json` printed. */
  readonly stdout: string;
  readonly stderr: string;
}

/** The machine stood in the way. */
const environment = 4;

export function eventsIn(stdout: string): readonly Event[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Event);
}

export function outcomeOf({ code, stdout, stderr }: RunEnded): Outcome {
  const events = eventsIn(stdout);
  if (events.length === 0) return outcomeOfWords(code, stderr);
  const finished = events.find((event) => event.type === 'scenario-finished');
  if (code === 0 && finished?.status === 'passed') return { is: 'passed', steps: finished.steps.passed };
  const problem = events.find((event) => event.type === 'problem');
  const step = events.findLast((event) => event.type === 'step-started')?.step;
  if (step !== undefined) return { is: 'wrong', why: `at step ${step}: ${problem?.code ?? failedCheck(events)}` };
  const [mend] = problem?.hints ?? [];
  if (problem === undefined || mend === undefined || code !== environment)
    return { is: 'wrong', why: `exit code ${String(code)} before the first step, and not what to do` };
  return { is: 'told', code: problem.code, message: problem.message, mend };
}

/** Of a Node that is too old for any event: one sentence, what is wanted and where it is. */
function outcomeOfWords(code: number | null, stderr: string): Outcome {
  const [, message, mend] = /^(docker-tutor needs [^:\n]+): (.+)\n$/.exec(stderr) ?? [];
  if (code === environment && message !== undefined && mend !== undefined) return { is: 'told', message, mend };
  return { is: 'wrong', why: `exit code ${String(code)}, and no event: ${stderr.trim().slice(0, 200)}` };
}

function failedCheck(events: readonly Event[]): string {
  const failed = events.find((event) => event.type === 'check' && event.status === 'failed');
  return failed?.type === 'check' ? `it does not hold that ${failed.claim}` : 'it did not end';
}
