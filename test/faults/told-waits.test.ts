/** An engine that takes four seconds for an answer: after two the program says what it waits for, in each way of telling. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bin } from '../cli/process.ts';
import { hasTmux, terminal } from '../cli/terminal.ts';
import { engineSuite } from '../engine/lab.ts';
import type { Fault } from './faults.ts';
import { proxyBefore } from './proxy.ts';
import type { Proxy } from './proxy.ts';
import { docked } from './trial.ts';

const late: Fault = { name: 'late', asked: true, pieces: (whole) => [4000, whole, 'end'] };
/** The first is the ping, of which the address is told. */
const at = 1;

engineSuite('a wait of four seconds is told of', ({ address }) => {
  const folder = mkdtempSync(join(tmpdir(), 'faults-told-'));
  const place = { engine: address, home: folder, temporary: folder, work: folder };
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const behind = async <T>(spoiling: { fault: Fault; at: number }, work: (proxy: Proxy) => Promise<T>): Promise<T> => {
    const proxy = await proxyBefore(address, spoiling);
    try {
      return await work(proxy);
    } finally {
      proxy.close();
    }
  };
  const asked = ({ requests }: Proxy): string => (requests[at] ?? '').replace(/ \/v[\d.]+/, ' ');

  test('in plain words, once', () =>
    behind({ fault: late, at }, async (proxy) => {
      const { exitCode, output } = await docked(
        ['run', 'hello-world', '--yes', '--format', 'plain'],
        proxy.address,
        place,
      );
      expect(exitCode).toBe(0);
      expect(output.match(/^waiting for .*$/gm)).toEqual([`waiting for the answer to ${asked(proxy)}, at most 30 s`]);
    }));

  test('as an event', () =>
    behind({ fault: late, at }, async (proxy) => {
      const { output } = await docked(['run', 'hello-world', '--yes', '--format', 'json'], proxy.address, place);
      const events = output
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { readonly type: string });
      const waits = events.filter(({ type }) => type === 'waiting');
      expect(waits).toMatchObject([{ type: 'waiting', for: `the answer to ${asked(proxy)}`, limitMs: 30_000 }]);
    }));

  test('on stderr, of an engine that is slow from the first', () =>
    behind({ fault: late, at: 0 }, async (proxy) => {
      const { exitCode, output } = await docked(['clean'], proxy.address, place);
      expect(exitCode).toBe(0);
      expect(output).toMatch(`waiting for the first answer at ${proxy.address}, at most 5 s\n`);
    }));

  describe.skipIf(!hasTmux)('on a terminal', () => {
    test('beside what is at work', () =>
      behind({ fault: late, at }, async (proxy) => {
        const environment = { DOCKER_HOST: proxy.address, DOCKER_TUTOR_HOME: folder, TMPDIR: folder, CI: 'false' };
        const screen = terminal(`${process.execPath} ${bin} run hello-world --yes`, environment);
        try {
          await screen.until((text) => text.includes('waiting for the answer to'));
          await screen.until((text) => text.includes('[exit code 0]'));
          // what was waited for has come: it is not there any more
          expect(screen.screen()).not.toContain('waiting for');
        } finally {
          await screen.close();
        }
      }));
  });
});
