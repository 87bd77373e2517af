/** What --fix may do: start what is not started, remove what is docker-tutor’s; nothing else, whatever is wrong. */
import { expect, test } from 'vitest';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { causeFailure } from '../../../src/cause-failure.ts';
import type { CauseId } from '../../../src/causes/catalogue.ts';
import { examine } from '../../../src/doctor/examine.ts';
import type { ProbeResult } from '../../../src/doctor/probe.ts';
import { safeFixes } from '../../../src/doctor/safe-fixes.ts';
import type { Machine } from '../../../src/causes/facts.ts';
import { laptop } from '../../fixtures/laptop.ts';
import { recordedWorld } from './recorded-world.ts';

async function found(id: CauseId, machine: Partial<Machine> = {}): Promise<readonly ProbeResult[]> {
  const args = { address: 'unix:///var/run/docker.sock', from: 'default' };
  const probe = { id: 'engine.answers', title: 'x', needs: [], look: () => Promise.reject(causeFailure(id, { args })) };
  return examine([probe], recordedWorld({ machine }));
}

test.each([
  ['E-SOCKET-MISSING', {}, 'sudo systemctl start docker'],
  ['E-DAEMON-DOWN', {}, 'sudo systemctl start docker'],
  ['E-DAEMON-DOWN', { root: true, systemd: false }, 'service docker start'],
  ['E-SOCKET-MISSING', { root: true }, 'systemctl start docker'],
] as const)('%s on %o: %s', async (id, machine, command) => {
  const fixes = safeFixes(await found(id, machine), { ...laptop, ...machine }, {});
  expect(fixes.map((fix) => fix.command.join(' '))).toEqual([command]);
});

test('Docker Desktop is not started so, nor an engine outside of this container', async () => {
  for (const machine of [{ desktop: true }, { inContainer: true }])
    expect(safeFixes(await found('E-SOCKET-MISSING', machine), { ...laptop, ...machine }, {})).toEqual([]);
});

test.each([
  [{}, 'docker-tutor clean'],
  [{ lab: true }, 'docker-tutor clean --lab'],
  [{ host: 'tcp://x:2375' }, 'docker-tutor clean --host tcp://x:2375'],
  [{ context: 'class' }, 'docker-tutor clean --context class'],
])('what runs have left is removed on the same engine: %o', async (engine, command) => {
  const fixes = safeFixes(await found('E-NOT-CLEANED'), laptop, engine);
  expect(fixes.map((fix) => fix.command.join(' '))).toEqual([command]);
});

test('no cause leads to a prune, to a change of permissions, or to anything but these', async () => {
  for (const id of Object.keys(catalogue) as CauseId[]) {
    const commands = safeFixes(await found(id), laptop, {}).map((fix) => fix.command.join(' '));
    for (const command of commands)
      expect(command).toMatch(/^(?:(?:sudo )?(?:systemctl start docker|service docker start)|docker-tutor clean)$/);
  }
});
