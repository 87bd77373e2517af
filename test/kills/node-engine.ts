/**
 * An engine that a test may end and stop: a test host of its own, started by the program that DOCKER_TUTOR_TEST_RIG
 * names (`up NAME SUITE` prints its addresses, `down NAME` takes it away).
 */
import { execFile, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { running } from '../../src/lab/engine/processes.ts';
import { ask } from '../../src/lab/http.ts';

const run = promisify(execFile);

export const rig = process.env['DOCKER_TUTOR_TEST_RIG'];

export interface NodeEngine extends AsyncDisposable {
  readonly socketPath: string;
  /** Before a command: what runs where the ports are that this engine publishes. */
  readonly beside: readonly string[];
  /** Ends the engine with the signal, and starts it again on the same data. */
  restart(signal: NodeJS.Signals): Promise<void>;
  /** Stops it, as a machine that sleeps does, for so long. */
  freeze(ms: number): Promise<void>;
}

/** @param suite of Debian: whose package the engine is */
export async function nodeEngine(program: string, suite: string): Promise<NodeEngine> {
  const name = `kill${suite.slice(0, 6)}`;
  const { stdout } = await run(program, ['up', name, suite]);
  const socketPath = /unix:\/\/(\S+)/.exec(stdout)?.[1];
  if (socketPath === undefined) throw new Error(`no engine came up: ${stdout}`);
  // run/docker.sock in it
  const folder = dirname(dirname(socketPath));
  const engine = async (): Promise<number> => {
    const namespace = `--cgroup-parent=/engine-node-${name}`;
    const found = (await running('dockerd')).find(({ argv }) => argv.includes(namespace));
    if (!found) throw new Error('the engine does not run');
    return found.pid;
  };
  const answers = async (): Promise<boolean> => {
    const asked = ask({ socketPath }, { path: '/_ping', signal: AbortSignal.timeout(2000), limit: 2000 });
    return asked.then(
      ({ status }) => status === 200,
      () => false,
    );
  };
  const beside = ['nsenter', `--net=/run/netns/${name}`];
  return {
    socketPath,
    beside,
    async restart(signal) {
      process.kill(await engine(), signal);
      // the last to go of its namespaces, and with them its mounts
      const pidFile = join(folder, 'pid');
      const pid = Number(await readFile(pidFile, 'utf8'));
      while (isThere(pid)) await wait(100);
      const words = ['unshare', '--mount', '--uts', '--ipc', '--pid', '--fork', '--kill-child'];
      const [enter = '', ...where] = beside;
      const child = spawn(enter, [...where, ...words, 'bash', join(folder, 'start')], {
        detached: true,
        stdio: 'ignore',
      });
      child.unref();
      await writeFile(pidFile, String(child.pid));
      while (!(await answers())) await wait(200);
    },
    async freeze(ms) {
      const pid = await engine();
      process.kill(pid, 'SIGSTOP');
      await wait(ms);
      process.kill(pid, 'SIGCONT');
    },
    async [Symbol.asyncDispose]() {
      await run('sh', ['-c', `ip netns pids ${name} | xargs -r kill -KILL`]);
      await run(program, ['down', name]);
    },
  };
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
