/** BuildKit's messages, read from protobuf. */
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldsOf, messageOf, numberIn, textIn } from '../../../src/buildkit/protobuf.ts';
import { statusOf } from '../../../src/buildkit/status.ts';

const empty = { vertexes: [], tasks: [], logs: [], warnings: [] };

test('a step, what it does, what it says and what is minded', () => {
  const time = (seconds: number, nanos = 0): Uint8Array => messageOf({ 1: seconds, 2: nanos });
  const parts = [
    messageOf({ 1: messageOf({ 1: 'sha256:a', 3: '[1/2] RUN make', 4: 1, 5: time(1_800_000_000), 7: 'no' }) }),
    messageOf({ 2: messageOf({ 1: 'extracting', 2: 'sha256:a', 4: 5, 5: 10, 6: time(2), 7: time(1), 8: time(3) }) }),
    messageOf({ 3: messageOf({ 1: 'sha256:a', 2: time(1, 500_000_000), 3: 1, 4: 'one\n' }) }),
    messageOf({ 4: messageOf({ 1: 'sha256:a', 3: 'mind this' }) }),
  ];
  expect(statusOf(Buffer.concat(parts).toString('base64'))).toEqual({
    vertexes: [{ digest: 'sha256:a', name: '[1/2] RUN make', cached: true, started: 1_800_000_000, error: 'no' }],
    tasks: [{ vertex: 'sha256:a', id: 'extracting', current: 5, total: 10, at: 2, started: 1, completed: 3 }],
    logs: [{ vertex: 'sha256:a', at: 1.5, text: 'one\n' }],
    warnings: [{ vertex: 'sha256:a', short: 'mind this' }],
  });
});

test.each(['', '!!!', 'AAAA', Buffer.from([10, 255, 255, 255, 255, 15]).toString('base64')])(
  'what makes no sense is passed over: %j',
  (aux) => {
    const { vertexes, ...rest } = statusOf(aux);
    expect(rest).toEqual({ tasks: empty.tasks, logs: empty.logs, warnings: empty.warnings });
    expect(vertexes.every(({ started }) => started === undefined)).toBe(true);
  },
);

test('what is written can be read', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.nat({ max: 2 ** 31 - 1 }), (text, number) => {
      const fields = fieldsOf(messageOf({ 1: text, 2: number, 40: 'after' }));
      expect([textIn(fields, 1), numberIn(fields, 2), textIn(fields, 40)]).toEqual([text, number, 'after']);
    }),
  );
});

test('any bytes are read without an error', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void statusOf(Buffer.from(bytes).toString('base64'))));
});
