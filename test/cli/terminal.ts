/** A pseudo-terminal of 80 × 24 with a program in it, by tmux: keys in, the screen out. */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

export interface Terminal {
  /** tmux names of keys: `Enter`, `C-c`, `Down`, or a letter. */
  press(...keys: readonly string[]): void;
  /** Types text as it is. */
  type(text: string): void;
  resize(columns: number, rows: number): void;
  /** The screen now, scrolled-away lines first. */
  screen(): string;
  /** What is to be seen of it now. */
  visible(): string;
  /** Waits until the screen shows what is expected. @throws with the screen after `ms` */
  until(shows: (screen: string) => boolean, ms?: number): Promise<string>;
  /** The program dies, and cannot do anything about it. */
  kill(): void;
  /** Hangs up, and waits until the program has ended: it may clean up first. @throws where it has not after 60 s */
  close(): Promise<void>;
}

/** @param command run by sh; the shell's prompt then says `[exit code N]` */
export function terminal(command: string, env: NodeJS.ProcessEnv = {}, size = { columns: 80, rows: 24 }): Terminal {
  const server = `docker-tutor-${randomBytes(4).toString('hex')}`;
  const tmux = (...args: readonly string[]): string =>
    execFileSync('tmux', ['-L', server, '-f', '/dev/null', ...args], { encoding: 'utf8' });
  const variables = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  const shell = `${command}; echo "[exit code $?]"; exec sleep 600`;
  const [width, height] = [String(size.columns), String(size.rows)];
  // `new-session -e` came with tmux 3.2 only
  tmux('new-session', '-d', '-x', width, '-y', height, 'env', ...variables, 'sh', '-c', shell);
  tmux('set-option', '-g', 'history-limit', '10000');
  const screen = (): string => tmux('capture-pane', '-p', '-S', '-');
  return {
    press: (...keys) => void tmux('send-keys', ...keys),
    type: (text) => void tmux('send-keys', '-l', '--', text),
    resize: (columns, rows) => void tmux('resize-window', '-x', String(columns), '-y', String(rows)),
    screen,
    visible: () => tmux('capture-pane', '-p'),
    async until(shows, ms = 30_000) {
      const limit = performance.now() + ms;
      for (;;) {
        const now = screen();
        if (shows(now)) return now;
        if (performance.now() > limit) throw new Error(`the screen never showed it:\n${now}`);
        await wait(50);
      }
    },
    kill() {
      const shell = tmux('list-panes', '-F', '#{pane_pid}').trim();
      for (const child of childrenOf(shell)) process.kill(Number(child), 'SIGKILL');
    },
    async close() {
      const shell = tmux('list-panes', '-F', '#{pane_pid}').trim();
      const programs = childrenOf(shell);
      tmux('kill-server');
      const limit = performance.now() + 60_000;
      while (programs.some(isRunning)) {
        if (performance.now() > limit) throw new Error('the terminal was closed, and the program has not ended');
        await wait(20);
      }
    },
  };
}

/** @param pid of a process that may have ended */
function childrenOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  } catch {
    return [];
  }
}

function isRunning(pid: string): boolean {
  // one that has ended may wait for its parent to take notice
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
