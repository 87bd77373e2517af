/** What was seen of the machine, as it is told to people. */
import { expect, test } from 'vitest';
import type { ProbeDone } from '../../../src/events/events.ts';
import { probeSentences } from '../../../src/report/words.ts';
import { plainReport } from '../../../src/report/plain.ts';
import { prettyReport } from '../../../src/report/pretty/pretty.ts';
import { ofRun, told } from './endings.ts';

const probe: ProbeDone = {
  ...{ type: 'probe', probe: 'disk', title: 'Disk space', state: 'fail', code: 'E-DISK-LOW', observed: '2 GB left' },
  ...{ explanation: 'Images need more.', hints: ['docker system prune'], evidence: [], ms: 1 },
};

test.each([
  ['pass', ['Disk space: fine, 2 GB left [E-DISK-LOW]']],
  ['fail', ['Disk space: not fine, 2 GB left [E-DISK-LOW]', 'Images need more.', 'docker system prune']],
] as const)('%s: why and how to mend it are told where there is something to mend', (state, lines) => {
  expect(probeSentences({ ...probe, state })).toEqual(lines);
});

test('nothing of it drives the terminal', () => {
  expect(probeSentences({ ...probe, title: 'a\u001b[2Jb', observed: 'c\nd', hints: ['\u202ee'] })).toEqual([
    'ab: not fine, c d [E-DISK-LOW]',
    'Images need more.',
    'e',
  ]);
});

test.each([
  ['plain', plainReport, /^machine: Disk space: not fine/m],
  ['pretty', prettyReport, /^ ✘ Disk space: not fine/m],
] as const)('%s tells it', async (_, open, line) => {
  let text = '';
  const stdout = {
    write(piece: string, done?: () => void) {
      text += piece;
      done?.();
    },
  };
  const screen = { colour: false, unicode: true, columns: 80, live: false, interactive: false, endSaid: true };
  await told(await open({ ...screen, stdout, stderr: stdout, show: new Set() }), [ofRun(probe)]);
  expect(text).toMatch(line);
});
