/**
 * Runs a shell script with mounts and processes of its own: whatever ends it, the kernel ends all that it started
 * and undoes all that it mounted.
 */
import type { Ran } from '../program.ts';
import { run } from '../program.ts';

export interface IsolatedOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onLine?: (line: string) => void;
}

const limit = 600_000;

export function isolated(script: string, { cwd, env, signal, onLine }: IsolatedOptions): Promise<Ran> {
  const args = ['--mount', '--pid', '--fork', '--kill-child=KILL', '--mount-proc', 'sh', '-euc', script];
  return run('unshare', args, {
    cwd,
    env: { ...quiet, ...env },
    signal,
    limit,
    // unshare(1) itself does not listen to a gentler one; shielded, so that Ctrl-C comes only by way of `signal`.
    endWith: 'SIGKILL',
    shielded: true,
    ...(onLine ? { onLine } : {}),
  });
}

const quiet = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8', TMPDIR: '/tmp' };
