/** The built program as a process, for the tests. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../build/paths.mjs';
import type { Event } from '../../src/events/events.ts';

const bin = join(root, 'bin/docker-tutor.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds from start to end. */
  readonly ms: number;
}

export interface Program {
  /** Runs docker-tutor to its end; `limit`: milliseconds until it is told to end, by SIGTERM. */
  run(args: readonly string[], env?: NodeJS.ProcessEnv, limit?: number): Promise<Ended>;
  /** Runs it, and sends `signal` as soon as the nth event for which `when` holds is out. */
  strike(
    args: readonly string[],
    signal: NodeJS.Signals,
    when: (event: Event) => boolean,
  ): Promise<Ended & { readonly struck: boolean }>;
  remove(): Promise<void>;
}

/** With a state folder of its own, so that journals of other runs are not touched. */
export async function program(address: string, labFolder?: string): Promise<Program> {
  const home = await mkdtemp(join(tmpdir(), 'docker-tutor-cli-'));
  const base = {
    ...process.env,
    DOCKER_HOST: address,
    DOCKER_TUTOR_HOME: home,
    ...(labFolder !== undefined && { DOCKER_TUTOR_LAB_DIR: labFolder }),
  };
  const start = (args: readonly string[], env: NodeJS.ProcessEnv, timeout?: number): ChildProcess =>
    spawn(process.execPath, [bin, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], timeout });
  return {
    run: (args, env = {}, limit) => ended(start(args, { ...base, ...env }, limit)),
    async strike(args, signal, when) {
      const child = start(args, base);
      let struck = false;
      if (child.stdout)
        createInterface({ input: child.stdout }).on('line', (line) => {
          if (struck || !when(JSON.parse(line) as Event)) return;
          struck = true;
          child.kill(signal);
        });
      return { ...(await ended(child)), struck };
    },
    remove: () => rm(home, { recursive: true }),
  };
}

async function ended(child: ChildProcess): Promise<Ended> {
  const started = performance.now();
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      texts[name] += chunk;
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...texts, ms: performance.now() - started };
}
