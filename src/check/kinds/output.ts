/** `output`: what the commands of the step printed. */
import type { OutputFields } from '../../scenario/expectation.ts';
import { amountWords, matchesAmount } from '../facets/amount.ts';
import type { KindOfCheck, StepOutcome } from '../look.ts';
import { propertyOf } from '../property.ts';
import { absence, evidence, matchesText, quoted, textWords } from '../facets/text-match.ts';

export const output: KindOfCheck<OutputFields> = {
  judges: 'step',
  acts: false,
  names: () => [],
  asks: () => [],
  claim: (fields) => {
    const parts = [textWords(fields), linesWords(fields), codeWords(fields)].filter((part) => part !== undefined);
    return parts.length > 0 ? `the output ${parts.join(' and ')}` : 'the command succeeded';
  },
  expected: (fields) =>
    [textWords(fields), linesWords(fields), `exit code: ${wantedCode(fields)}`]
      .filter((part) => part !== undefined)
      .join(', '),
  property: (fields) => propertyOf({ ...fields, exitCode: wantedCode(fields) }, ['stream']),
  async look(fields, { outcome, anyExitCode = false }) {
    if (!outcome) return { holds: false, undecided: true, final: true, observed: 'nothing was run in this step' };
    const text = textFrom(outcome, fields);
    const lines = countLines(text);
    const codeHolds = outcome.exitCode === wantedCode(fields) || (anyExitCode && fields.exitCode === undefined);
    const linesHold = fields.lines === undefined || matchesAmount(lines, fields.lines);
    const textHolds = matchesText(text, fields);
    const seen = [
      ...(!codeHolds || asksNothing(fields) ? [`exit code: ${outcome.exitCode}`] : []),
      ...(fields.lines === undefined ? [] : [`lines: ${lines}`]),
      ...(textHolds && codeHolds ? [] : [quoted(text)]),
    ];
    return {
      holds: codeHolds && linesHold && textHolds,
      final: true,
      observed: seen.join(', ') || evidence(text, fields),
      absent: absence(text),
      // a command that failed printed nothing one could draw a conclusion from
      ...(!codeHolds && fields.exitCode === undefined && { undecided: true }),
    };
  },
};

function textFrom({ stdout, stderr }: StepOutcome, { stream }: OutputFields): string {
  if (stream === 'stdout') return stdout;
  return stream === 'stderr' ? stderr : stdout + stderr;
}

function wantedCode({ exitCode }: OutputFields): number {
  return exitCode ?? 0;
}

function asksNothing(fields: OutputFields): boolean {
  return textWords(fields) === undefined && fields.lines === undefined;
}

function linesWords({ lines }: OutputFields): string | undefined {
  return lines === undefined ? undefined : `has ${amountWords(lines)} ${lines === 1 ? 'line' : 'lines'}`;
}

function codeWords({ exitCode }: OutputFields): string | undefined {
  return exitCode === undefined ? undefined : `ends with exit code ${exitCode}`;
}

/** A last line without a line end counts. */
export function countLines(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}
