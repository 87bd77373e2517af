/** The action `machine`: what it tells is of this machine, and not of docker-tutor's own client. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { withNeeds } from '../../../../src/doctor/examine.ts';
import { lookingProbes } from '../../../../src/doctor/probes/all.ts';
import type { Event } from '../../../../src/events/events.ts';
import { lookAtMachine } from '../../../../src/run/actions/look-at-machine.ts';
import type { Scene } from '../../../../src/run/scene.ts';
import { machineProbes } from '../../../../src/scenario/schema.ts';

let folder = '';
const told: unknown[] = [];
const scene = {
  engine: { endpoint: { address: 'unix:///nowhere/docker.sock', from: 'default' } },
  signal: AbortSignal.timeout(20_000),
  emit: (event: Event) => told.push(event),
} as unknown as Scene;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docker-tutor-'));
  told.length = 0;
  vi.stubEnv('PATH', folder);
  vi.stubEnv('DOCKER_CONFIG', join(folder, 'config'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function docker(script: string): void {
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'docker'), 0o755);
}

describe('the docker command', () => {
  test('is the one on PATH, with its own version', async () => {
    docker('echo "Docker version 99.7.3, build abc"');
    const outcome = await lookAtMachine(['client.docker'], scene, 'client');
    expect(outcome).toEqual({
      exitCode: 0,
      stdout: `docker command: fine, 99.7.3, ${join(folder, 'docker')}\n`,
      stderr: '',
    });
    expect(told).toEqual([{ type: 'output', step: 'client', stream: 'stdout', text: outcome.stdout }]);
  });

  test('where there is none it says so, and how to get one', async () => {
    const { exitCode, stdout } = await lookAtMachine(['client.docker'], scene, 'client');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^docker command: mind, .* \[E-CLIENT-MISSING\]\n {2}\S/);
    expect(stdout).toContain('https://docs.docker.com/engine/install/');
  });
});

test('an engine that does not answer fails, and what needs it tells that it stands in its way', async () => {
  const { exitCode, stdout } = await lookAtMachine(['engine.info', 'engine.answers'], scene, 'engine');
  expect(exitCode).toBe(4);
  expect(stdout).toMatch(/^engine answers: not fine, /);
  expect(stdout).toContain('engine’s own account: could not be looked at, blocked by “engine answers”');
});

test('each that a scenario can name is one of doctor', () => {
  expect(withNeeds(machineProbes, lookingProbes).map(({ id }) => id)).toEqual(
    expect.arrayContaining([...machineProbes]),
  );
  expect(() => withNeeds(['client.none'], lookingProbes)).toThrow('client.none');
});
