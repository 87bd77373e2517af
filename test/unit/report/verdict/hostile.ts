/** Runs in which every text that comes from outside is the same one. */
import fc from 'fast-check';
import type { Event, ScenarioHappening } from '../../../../src/events/events.ts';
import type { Drawn } from '../../../../src/report/verdict/at-end.ts';
import { shown } from '../../../../src/report/verdict/shown.ts';
import { failedCheck, passedCheck } from '../events.ts';
import { begins, diskFull, ended, ends, found, of, ofRun, started, step, verdictAfter } from '../endings.ts';

/** What means something in one of the formats, or to a terminal. */
export const tokens = [
  ...['\u001b[31m', '\u001b]0;title\u0007', '\u001b[2J', '\u009b1A', '\u0000', '\u0008', '\r', '\n', '\r\n', '\t'],
  ...[
    '\u202e',
    '\u2066',
    '\u2028',
    '\ufffe',
    '\uffff',
    '\ufdd0',
    '\u{1fffe}',
    '\ud800',
    '\udc00',
    '😀',
    '\u0085',
    '\u007f',
  ],
  ...['<script>alert(1)</script>', '</pre></details>', '" onload="x', "' onload='x", '<!--', '-->', ']]>', '<![CDATA['],
  ...['&', '&#27;', '&lt;', '<', '>', '"', "'", '`', '```\n', '|', '\\', '\\n', '{', '}', '%', '%0A', '%25'],
  ...['\n::error::owned', '::stop-commands::x', '##[error]owned', '::', '\n::set-output name=a::b', ',', ':'],
  ...[
    '\nnot ok 1 - owned',
    '\n1..0',
    '# SKIP',
    '# TODO',
    '\nBail out! owned',
    '\n  ---\n  a: b',
    '\n  ...',
    '#',
    '\\#',
  ],
  ...['"} 1\ndocker_tutor_run_exit_code 0\n', '\n# TYPE a gauge', '**bold**', '[a](javascript:alert(1))', '@all'],
  ...['</title>', '</style>', '</svg>', '</script>', '</testsuites>', '</system-out>', '\n\n# Heading', '$(id)'],
];

export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...tokens), fc.string({ unit: 'binary', maxLength: 5 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((pieces) => pieces.join(''));

/** The same shape whatever the text is. */
export function hostileRun(text: string): readonly Event[] {
  // in front and behind something that stays, so that no text is empty
  const bad = `x${text}y`;
  const problem = { ...diskFull, message: bad, explanation: bad, hints: [bad], evidence: [bad] };
  const printed: ScenarioHappening = { type: 'output', step: '', stream: 'stdout', text: bad };
  const check = { claim: bad, expected: bad, observed: bad, likely: bad, next: bad };
  const titled = (id: string, status: 'passed' | 'failed', inside: readonly ScenarioHappening[]): readonly Event[] =>
    step(id, 'one', status, inside).map((event) =>
      event.type === 'step-started' ? { ...event, title: bad, text: bad } : event,
    );
  const one = (id: string, attempt: number, inside: readonly ScenarioHappening[]): readonly Event[] => [
    { ...begins(id, attempt), title: bad } as Event,
    ...titled(id, 'failed', inside),
    ends(id, 'failed', { attempt }),
  ];
  const again = `again ${bad}`;
  const passed: readonly Event[] = [
    { ...begins(again, 2), title: bad } as Event,
    ...titled(again, 'passed', [{ ...passedCheck, ...check }]),
    ends(again, 'passed', { attempt: 2 }),
  ];
  const events = [
    started,
    ofRun({
      ...{ type: 'probe', probe: bad, title: bad, state: 'fail', code: 'E-DISK-LOW', observed: bad, explanation: bad },
      ...{ hints: [bad], evidence: [bad], ms: 3 },
    }),
    found([`first ${bad}`, again, `never ${bad}`]),
    ...one(`first ${bad}`, 1, [printed, problem, { ...failedCheck, ...check }]),
    ...one(again, 1, [printed, { ...failedCheck, ...check }]),
    ...passed,
    of(`kept ${bad}`, { ...passedCheck, ...check, status: 'kept' }),
    ends(`kept ${bad}`, 'interrupted', { timedOut: { limitMs: 1_000, step: 'one' } }),
    ofRun(problem),
    ended(4),
  ];
  return events.map((event) => ('scenario' in event ? { ...event, host: `host ${bad}` } : event));
}

export function drawnOf(events: readonly Event[], machine = 'lab07'): Drawn {
  return { verdict: shown(verdictAfter(events)), machine };
}
