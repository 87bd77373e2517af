/** Of what a wrong turn has changed, what goes again when it is taken back. */
import { expect, test } from 'vitest';
import type { Change } from '../../../../src/events/events.ts';
import { madeBy } from '../../../../src/run/actions/take-back.ts';

const id = (sign: string): string => `sha256:${sign.repeat(64)}`;
const short = (sign: string): string => sign.repeat(12);
const image = (change: Change['change'], name: string, sign: string, former?: string): Change => ({
  change,
  kind: 'image',
  name,
  id: id(sign),
  facts: { image: short(sign) },
  ...(former !== undefined && { before: { image: short(former) } }),
});

test('a new image, and one that has taken the name of another', () => {
  const fresh = image('added', 'app:latest', 'a');
  const moved = image('changed', 'web:latest', 'b', 'c');
  expect(madeBy([fresh, moved, image('removed', 'old:latest', 'd')])).toEqual([fresh, moved]);
});

test('an image that has only lost its name is nobody’s making', () => {
  const moved = image('changed', 'web:latest', 'b', 'c');
  const nameless = image('added', '<none>', 'c');
  const other = image('added', '<none>', 'e');
  expect(madeBy([moved, nameless, other])).toEqual([moved, other]);
});

test('a container that runs now and did not is no new one', () => {
  const started: Change = {
    change: 'changed',
    kind: 'container',
    name: 'web',
    id: 'f',
    facts: {},
    before: { state: 'exited' },
  };
  expect(madeBy([started])).toEqual([]);
});
