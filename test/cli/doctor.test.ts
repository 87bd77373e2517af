/** doctor on an engine: nothing is wrong, what --deep makes goes again, and a bundle tells no secret. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProbeResult } from '../../src/doctor/probe.ts';
import { askThrough } from '../../src/engine/ask.ts';
import { connect } from '../../src/engine/connect/connect.ts';
import { ensureImages } from '../../src/lab/images/images.ts';
import { engineSuite } from '../engine/lab.ts';
import { bin, dockerTutor, environment, temporaryFolder } from './process.ts';
import { hasTmux, terminal } from './terminal.ts';

const signal = AbortSignal.timeout(280_000);

engineSuite('doctor', ({ address, labFolder }) => {
  const scratch = temporaryFolder();
  const home = join(scratch.path, 'home');
  const env = { DOCKER_TUTOR_HOME: join(scratch.path, 'state'), DOCKER_HOST: address, HOME: home };
  const looked = (
    ...args: readonly string[]
  ): { readonly status: number | null; readonly probes: readonly ProbeResult[] } => {
    const { status, stdout } = dockerTutor(['doctor', '--json', ...args], env);
    return { status, ...(JSON.parse(stdout) as { readonly probes: readonly ProbeResult[] }) };
  };
  beforeAll(async () => {
    mkdirSync(home);
    if (labFolder !== undefined) await ensureImages(['busybox'], { signal });
  });
  afterAll(() => scratch.remove());

  /** What is labelled by a run of doctor, or has its name. */
  async function ofDoctor(): Promise<string> {
    const engine = await connect({ address, from: 'host-option' }, { signal });
    try {
      const ask = askThrough(engine, signal);
      const lists = ['/containers/json?all=1', '/networks', '/volumes', '/images/json'].map(async (path) => {
        const [where = '', query] = path.split('?');
        const { body } = await ask({ method: 'GET', path: where, ...(query !== undefined && { query: { all: '1' } }) });
        return JSON.stringify(body).match(/doctor-[a-z0-9-]+/g) ?? [];
      });
      return (await Promise.all(lists)).flat().join(' ');
    } finally {
      engine.close();
    }
  }

  test('finds nothing that fails', () => {
    const { status, probes } = looked();
    expect(probes.filter(({ state }) => state === 'fail' || state === 'blocked')).toEqual([]);
    expect(status).toBe(0);
  });

  test('--deep does it all, and leaves nothing', async () => {
    const { status, probes } = looked('--deep');
    const deep = probes.filter(({ probe }) => probe.startsWith('deep.'));
    expect(deep.filter(({ state }) => state !== 'pass' && state !== 'unknown')).toEqual([]);
    expect(deep.filter(({ state }) => state === 'pass').map(({ probe }) => probe)).toEqual(
      expect.arrayContaining(['deep.image', 'deep.run', 'deep.build', 'deep.volume', 'deep.names']),
    );
    expect(status).toBe(0);
    expect(await ofDoctor()).toBe('');
  });

  test('interrupted in the middle of --deep, it leaves nothing either', async () => {
    const child = spawn(process.execPath, [bin, 'doctor', '--deep'], {
      env: environment(env),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (!printed.includes('docker build') && (printed += text).includes('docker build')) child.kill('SIGINT');
    });
    expect(await once(child, 'close')).toEqual([130, null]);
    expect(await ofDoctor()).toBe('');
  });

  test('in words it fits 80 columns, and ends with the count', () => {
    const { stdout } = dockerTutor(['doctor'], { ...env, LC_ALL: 'C.UTF-8', COLUMNS: '80' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.at(-1)).toMatch(/^ \d+ passed, \d+ warnings?, 0 failed, 0 blocked, \d+ unknown$/);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  test('a bundle is for this user alone, has no canary, and is not overwritten', () => {
    const canary = 'canary-51c2';
    mkdirSync(join(home, '.docker'));
    const auth = Buffer.from(`ada:${canary}`).toString('base64');
    writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ auths: { 'registry.example': { auth } } }));
    const path = join(scratch.path, 'out.tar.gz');
    const laden = { ...env, HTTPS_PROXY: `http://ada:${canary}@proxy.example:3128`, DOCKER_TOKEN: canary };
    const { stdout, status } = dockerTutor(['doctor', '--bundle', path, '--hide-host-names'], laden);
    expect(status).toBe(0);
    expect(stdout).toContain('engine/info.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const whole = readFileSync(path);
    const tar = gunzipSync(whole).toString('utf8');
    expect(tar).toContain('MANIFEST');
    expect(tar).toContain('registry.example');
    for (const secret of [canary, auth, home, hostname()]) expect(tar.includes(secret), secret).toBe(false);
    const again = dockerTutor(['doctor', '--bundle', path], laden);
    expect(again.status).toBe(2);
    expect(again.stderr).toContain('is there already, and stays as it is');
    expect(readFileSync(path).equals(whole)).toBe(true);
  });

  test('--fix without a terminal does nothing', () => {
    const { stdout, status } = dockerTutor(['doctor', '--fix', '--host', `unix://${scratch.path}/none.sock`], env);
    expect(status).toBe(4);
    expect(stdout).toMatch(/Nothing of this is done by --fix|nothing was done/);
  });

  test.skipIf(!hasTmux)('what a run has left is E-NOT-CLEANED, and --fix removes it after a yes', async () => {
    expect(dockerTutor(['try', 'docker run -d busybox sleep 600'], env).status).toBe(0);
    const left = (): ProbeResult | undefined => looked().probes.find(({ probe }) => probe === 'containers.left');
    expect(left()).toMatchObject({ state: 'warn', code: 'E-NOT-CLEANED' });
    for (const [answer, state] of [
      ['n', 'warn'],
      ['y', 'pass'],
    ] as const) {
      const screen = terminal(`${process.execPath} ${bin} doctor --fix`, env);
      try {
        await screen.until((text) => text.includes('Do it? [y/N]'));
        screen.type(answer);
        screen.press('Enter');
        await screen.until((text) => text.includes('[exit code 0]'));
      } finally {
        await screen.close();
      }
      expect(left()?.state).toBe(state);
    }
  });

  test.skipIf(!hasTmux)('a bundle that is there is overwritten after a yes, and not after a no', async () => {
    const path = join(scratch.path, 'there.tar.gz');
    writeFileSync(path, 'mine');
    for (const [answer, exitCode] of [
      ['n', 2],
      ['y', 0],
    ] as const) {
      const screen = terminal(`${process.execPath} ${bin} doctor --bundle ${path}`, env);
      try {
        await screen.until((text) => text.includes('Overwrite it? [y/N]'));
        screen.type(answer);
        screen.press('Enter');
        await screen.until((text) => text.includes(`[exit code ${String(exitCode)}]`));
      } finally {
        await screen.close();
      }
      expect(readFileSync(path, 'latin1') === 'mine').toBe(answer === 'n');
    }
  });
});
