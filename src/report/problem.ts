/** A Failure in words: what is wrong, why there, how to mend it, how to go on without, and what was seen. */
import { adviceText, diagnose, type Diagnosis } from '../doctor/diagnose.ts';
import { type Machine } from '../causes/facts.ts';
import { machineFacts } from '../doctor/machine.ts';
import type { Failure } from '../failure.ts';
import type { Problem } from '../events/events.ts';
import { asciiSigns } from '../terminal/clean-text.ts';
import { noPaint, signsFor, type Paint } from '../terminal/paint.ts';
import { problemLines, type Told } from './problem-lines.ts';

export interface DescribeSetting {
  /** Facts that choose the fix. Default: this machine's, read now. */
  readonly machine?: Machine;
  readonly paint?: Paint;
  readonly unicode?: boolean;
  readonly columns?: number;
  /** False where the engine's own words stand above already. */
  readonly evidence?: false;
}

/** Lines ready for stderr, cleaned, each with its newline. */
export function describeFailure(failure: Failure, setting: DescribeSetting = {}): string {
  const { paint = noPaint, unicode = true, columns = 80 } = setting;
  const diagnosis = diagnose(failure, setting.machine ?? machineFacts());
  const style = { paint, columns, signs: signsFor(unicode) };
  const all = diagnosis ? told(diagnosis, failure) : ownWords(failure);
  const text = problemLines(setting.evidence === false ? { ...all, evidence: [] } : all, style)
    .map((line) => `${line}\n`)
    .join('');
  return unicode ? text : asciiSigns(text);
}

interface ProblemSetting {
  readonly machine?: Machine;
  readonly step?: string;
  /** What was to be run, as it is written behind `run`. */
  readonly scenarios?: string;
}

/** The same as an event, for reports. */
export function problemEvent(failure: Failure, setting: ProblemSetting = {}): Problem {
  const diagnosis = diagnose(failure, setting.machine ?? machineFacts(), setting.scenarios);
  return {
    type: 'problem',
    ...(setting.step !== undefined && { step: setting.step }),
    code: failure.code,
    message: diagnosis?.title ?? failure.message,
    ...(diagnosis && { explanation: diagnosis.explanation }),
    ...(diagnosis?.askedBecause !== undefined && { askedBecause: diagnosis.askedBecause }),
    hints: [...failure.hints, ...(diagnosis?.fixes ?? []).map(adviceText)],
    alternatives: (diagnosis?.alternatives ?? []).map(adviceText),
    evidence: failure.evidence,
    exitCode: failure.exitCode,
  };
}

function told(diagnosis: Diagnosis, failure: Failure): Told {
  return {
    title: diagnosis.title,
    code: diagnosis.code,
    explanation: diagnosis.explanation,
    ...(diagnosis.askedBecause !== undefined && { askedBecause: diagnosis.askedBecause }),
    fixes: [...failure.hints.map((hint) => ({ do: hint })), ...diagnosis.fixes],
    alternatives: diagnosis.alternatives,
    evidence: diagnosis.evidence,
    evidenceFirst: false,
  };
}

function ownWords(failure: Failure): Told {
  return {
    title: failure.message,
    fixes: failure.hints.map((hint) => ({ do: hint })),
    alternatives: [],
    evidence: failure.evidence,
    evidenceFirst: true,
    ...spotOf(failure),
  };
}

/** A command line that could not be read carries `line`, `start` and `end` (UTF-16 offsets) as arguments. */
function spotOf({ args }: Failure): Pick<Told, 'spot'> {
  const { line, start, end } = args;
  if (line === undefined || start === undefined) return {};
  return { spot: { line, start: Number(start), end: Number(end ?? start) } };
}
