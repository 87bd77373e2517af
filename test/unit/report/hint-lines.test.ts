/** What is advised can be copied: a command or an address stands on one line, whatever surrounds it. */
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/causes/catalogue.ts';
import type { Cause } from '../../../src/causes/cause.ts';
import { adviceOf, adviceText } from '../../../src/doctor/diagnose.ts';
import { hintLines } from '../../../src/report/hint-lines.ts';
import { problemLines } from '../../../src/report/problem-lines.ts';
import { noPaint, signsFor } from '../../../src/terminal/paint.ts';

const advised = Object.values(catalogue as Readonly<Record<string, Cause>>).flatMap(({ fixes, document }) => [
  ...fixes.map(({ do: what, note }) => ({ do: what, ...(note !== undefined && { note }) })),
  { do: document },
]);

test.each(advised)('$do', (advice) => {
  expect(adviceOf(adviceText(advice))).toEqual(advice);
  for (const columns of [80, 60]) {
    const lines = hintLines('→', adviceText(advice), columns, 7);
    expect(lines.filter((line) => line.includes(advice.do))).toHaveLength(1);
  }
});

describe('a problem', () => {
  const style = { paint: noPaint, columns: 80, signs: signsFor(true) };
  const told = { title: 'It is so', code: 'E-X', evidence: [], evidenceFirst: false, alternatives: [] } as const;

  test('has a long command on a line of its own, further to the left', () => {
    const long = 'docker network ls -q | xargs docker network inspect --format "{{.Name}}" x';
    expect(problemLines({ ...told, fixes: [{ do: long, note: 'which are in use' }] }, style)).toContain(`   ${long}`);
  });

  test('has a sentence folded beside its label', () => {
    const sentence = 'An image that is public is named so: requires, images, and then its name in the list.';
    expect(problemLines({ ...told, fixes: [{ do: sentence }] }, style)[1]).toMatch(/^ {3}mend it {3}An image/);
  });

  test('has one that is longer than the screen unbroken', () => {
    const long = `docker context update class --docker "host=tcp://lab07:2376,${'x'.repeat(40)}"`;
    expect(problemLines({ ...told, fixes: [{ do: long }] }, style)).toContain(`   ${long}`);
  });
});
