import { expect, it } from 'vitest';
import { chooseRuns } from '../../../../src/ownership/clean/runs.ts';
import { runLabel } from '../../../../src/ownership/labels.ts';
import { newRunId } from '../../../../src/state/run-id.ts';

const run = newRunId(0);
const network = { id: 'a', name: 'net', driver: 'bridge', labels: { [runLabel]: run } };
const found = { services: [], containers: [], networks: [network] as never, volumes: [], others: [] };
const engine = { id: 'engine', name: 'host', address: 'unix:///engine.sock' };

it.each([
  ['has begun while the engine was asked is none from elsewhere', new Set([run]), []],
  ['has no journal was started from elsewhere', new Set<string>(), [run]],
])('a run that %s', (_, begun, left) => {
  const targets = chooseRuns([], found, begun, engine, undefined);
  expect(targets.left.map(({ id }) => id)).toEqual(left);
  expect(targets.runs.size).toBe(0);
});
