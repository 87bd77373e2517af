import { expect, test } from 'vitest';
import { publishesOnLoopback } from '../../../src/run/loopback-ports.ts';
import { findScenario } from '../../../src/scenario/catalogue.ts';

test.each([
  ['tag-push-pull', true],
  ['host-and-none-networks', true],
  ['hello-world', false],
  ['flask-image-build', false],
])('%s publishes at 127.0.0.1: %s', async (lesson, does) => {
  expect(publishesOnLoopback((await findScenario(lesson)).scenario)).toBe(does);
});
