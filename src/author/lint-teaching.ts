/** Rules about what learners need: checks, hints, mistakes, a question. Pure. */
import { width } from '../terminal/width.ts';
import { minutesOf } from '../scenario/minutes.ts';
import type { Scenario, Step } from '../scenario/schema.ts';
import { advice, error } from './finding.ts';
import type { Finding } from './finding.ts';

export function teachingFindings(scenario: Scenario): readonly Finding[] {
  return [
    ...scenario.steps.flatMap((step, index) => stepFindings(step, index)),
    ...(scenario.steps.some((step) => 'quiz' in step)
      ? []
      : [advice('no-question', ['steps'], 'no step asks a question')]),
    ...(scenario.steps.some(({ predict, ask }) => predict ?? ask)
      ? []
      : [
          advice('no-exercise', ['steps'], 'no step has a predict or an ask: in it, learners only do as they are told'),
        ]),
    ...minutesFindings(scenario),
    ...(['intro', 'finish'] as const).flatMap((key) =>
      scenario[key].trim() === '' ? [advice('no-text', ['title'], `it has no ${key}`)] : wideCode(scenario[key], [key]),
    ),
    ...scenario.steps.flatMap((step, index) => [
      ...wideCode(step.text, ['steps', index, 'text']),
      ...wideCode(step.after, ['steps', index, 'after']),
      ...('read' in step ? wideCode(step.read, ['steps', index, 'read']) : []),
    ]),
  ];
}

/** Where both figures are given, they are those of the text. */
function minutesFindings(scenario: Scenario): readonly Finding[] {
  const { minutes, practiceMinutes } = scenario;
  if (practiceMinutes === undefined)
    return minutes < 5 || minutes > 20 ? [advice('minutes', ['minutes'], 'a lesson takes 5 to 20 minutes')] : [];
  const { reading, practising } = minutesOf(scenario);
  return minutes === reading && practiceMinutes === practising
    ? []
    : [
        advice(
          'minutes',
          ['minutes'],
          `its text takes ${String(reading)} to read and ${String(practising)} to practise: minutes: ${String(reading)}, practiceMinutes: ${String(practising)}`,
        ),
      ];
}

/** Columns that a line of a code block has at a terminal of 80. */
const codeRoom = 76;

/** Text is folded; what stands in a code block, a picture above all, breaks. */
function wideCode(text: string, path: Finding['path']): readonly Finding[] {
  const blocks = text.split(/^```.*$/m).filter((_, index) => index % 2 === 1);
  const widest = Math.max(0, ...blocks.flatMap((block) => block.split('\n').map(width)));
  return widest > codeRoom
    ? [advice('wide-code', path, `a code block is ${String(widest)} columns wide; ${String(codeRoom)} fit`)]
    : [];
}

function stepFindings(step: Step, index: number): readonly Finding[] {
  const path = ['steps', index, 'id'];
  if ('quiz' in step || 'read' in step) return [];
  if (step.expect.length === 0)
    return [
      'do' in step
        ? error('no-check', path, `the step ${step.id} has no check: nothing proves it`)
        : advice('no-check', path, `the step ${step.id} has no check`),
    ];
  const noTry = step.mistakes.flatMap((mistake, i) =>
    mistake.try === undefined
      ? [
          advice(
            'no-try',
            ['steps', index, 'mistakes', i],
            `the step ${step.id} does not say how this mistake is made: give it a try`,
          ),
        ]
      : [],
  );
  if (!('do' in step)) return noTry;
  return [
    ...noTry,
    ...(step.hints.length < 2
      ? [
          advice(
            'few-hints',
            path,
            `the step ${step.id} has ${['no hint', 'one hint'][step.hints.length] ?? ''}; give two to four`,
          ),
        ]
      : []),
    ...(step.mistakes.length < 1
      ? [advice('no-mistakes', path, `the step ${step.id} knows no mistake; name the commonest`)]
      : []),
    ...(step.text.trim() === '' ? [advice('no-text', path, `the step ${step.id} does not say why`)] : []),
    ...(step.after.trim() === ''
      ? [advice('no-text', path, `the step ${step.id} does not say what to notice afterwards`)]
      : []),
  ];
}
