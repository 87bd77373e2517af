/** What a lesson is called at its end, also where it could not even begin. */
import { expect, test } from 'vitest';
import { titleOf } from '../../../src/report/words.ts';
import type { ScenarioFinished, ScenarioStarted } from '../../../src/events.ts';

const begun = { scenario: 'hello-world', title: 'From a command to a container' } as ScenarioStarted;
const ended = (scenario: string): ScenarioFinished => ({ scenario, status: 'blocked' }) as ScenarioFinished;

test.each([
  ['its title', 'hello-world', begun, 'From a command to a container'],
  ['its id, where the engine answered nothing', 'hello-world', undefined, 'hello-world'],
  ['its id, not the title of the one before', 'compose', begun, 'compose'],
])('%s', (_, scenario, before, title) => {
  expect(titleOf(ended(scenario), before)).toBe(title);
});
