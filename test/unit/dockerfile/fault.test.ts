/** Where a build has failed, shown in its Dockerfile. */
import { expect, test } from 'vitest';
import { faultText } from '../../../src/dockerfile/fault.ts';

const dockerfile = `FROM busybox AS build
RUN one

FROM scratch
COPY --from=build /a /
RUN two && \\
    three
CMD x
`;

test.each([
  ['[build 2/2] RUN one', 2, [2]],
  ['[stage-1 1/2] COPY --from=build /a /', 5, [5]],
  ['[stage-1 2/2] RUN two &&     three', 6, [6, 7]],
  ['[linux/arm64 stage-1 2/2] RUN two', 6, [6, 7]],
  ['[internal] load metadata for docker.io/library/busybox:latest', 1, [1]],
])('%s is in line %i', (step, first, marked) => {
  const text = faultText(dockerfile, 'web.Dockerfile', { words: 'no', step });
  expect(text.split('\n')[0]).toBe(`web.Dockerfile:${String(first)}`);
  const numbers = [...text.matchAll(/^ +(\d+) \| >>>/gm)].map(([, number]) => Number(number));
  expect(numbers).toEqual(marked);
});

test('the lines around it are shown, also at the end of the file', () => {
  expect(faultText('FROM a\nRUN b\n', 'Dockerfile', { words: 'no', step: '[2/2] RUN b' })).toBe(
    [
      'Dockerfile:2',
      '--------------------',
      '   1 |     FROM a',
      '   2 | >>> RUN b',
      '   3 |     ',
      '--------------------',
      '',
    ].join('\n'),
  );
});

test('what cannot be read is in the line that the engine names', () => {
  const words = 'dockerfile parse error on line 2: unknown instruction: COPPY (did you mean COPY?)';
  expect(faultText('FROM a\nCOPPY b\n', 'Dockerfile', { words })).toContain('   2 | >>> COPPY b');
});

test.each(['exporting to image', '[internal] load build context', '[other 1/2] RUN x'])(
  'nothing is shown for %s, which is in no line',
  (step) => {
    expect(faultText(dockerfile, 'Dockerfile', { words: 'no', step })).toBe('');
  },
);

test.each([
  ['ARG A=1\nRUN echo hi\n', 'no build stage in current context', [2]],
  ['# nothing\n\n', 'file with no instructions', [2]],
  ['FROM a\nRUN <<EOF\necho hi\n', 'unterminated heredoc', [2, 3]],
])('of %j it is said “%s”', (text, words, marked) => {
  const shown = faultText(text, 'Dockerfile', { words });
  expect([...shown.matchAll(/^ +(\d+) \| >>>/gm)].map(([, number]) => Number(number))).toEqual(marked);
});
