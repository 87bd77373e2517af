/** The prompt of `docker-tutor try`, with somebody at the keyboard. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { quote } from '../../src/command/shell/quote.ts';
import { engineSuite } from '../engine/lab.ts';
import { bin, dockerTutor, temporaryFolder } from './process.ts';
import { hasTmux, terminal, type Terminal } from './terminal.ts';

type Screen = Omit<Terminal, 'until'> & { until(pattern: RegExp): Promise<string> };

describe.skipIf(!hasTmux)(hasTmux ? 'on a terminal' : 'on a terminal (tmux is not on PATH)', () => {
  engineSuite('try', ({ address }) => {
    const home = temporaryFolder();
    const id = `prompt-${process.pid.toString(36)}`;
    const env = { DOCKER_TUTOR_HOME: home.path, DOCKER_HOST: address, TMPDIR: home.path };
    let screen: Screen;

    const start = (...words: string[]): void => {
      const command = [process.execPath, bin, 'try', ...words].map(quote).join(' ');
      const opened = terminal(
        command,
        { ...env, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', CI: '' },
        { columns: 100, rows: 40 },
      );
      // blanks at the ends of lines are of no concern
      const until = (pattern: RegExp): Promise<string> =>
        opened.until((text) => pattern.test(text.replace(/[ \t]+$/gm, '')));
      screen = { ...opened, until };
    };
    const enter = (line: string): void => {
      screen.type(line);
      screen.press('Enter');
    };
    beforeEach(() => {
      start();
    });
    afterEach(async () => {
      await screen.close();
      dockerTutor(['clean'], env);
    });
    afterAll(() => {
      home.remove();
    });

    test('performs commands with and without docker, and leaves at Ctrl-D with what stays', async () => {
      await screen.until(/docker>$/m);
      enter(`docker create --name ${id} busybox`);
      await screen.until(new RegExp(`Created container ${id}`));
      enter(`ps -a --filter name=${id} --format '{{.Names}} {{.Image}}'`);
      await screen.until(new RegExp(`^${id} busybox$`, 'm'));
      screen.press('C-d');
      const text = await screen.until(/\[exit code 0\]/);
      expect(text.replace(/\s+/g, ' ')).toMatch(new RegExp(`Still here: container ${id}\\..*docker-tutor clean`));
    });

    test('a terminal that is closed ends it, and is no bug', async () => {
      await screen.until(/docker>$/m);
      enter('run --rm -it busybox');
      await screen.until(/\/ #$/m);
      await screen.close();
      await expect.poll(() => running(home.path), { timeout: 60_000 }).toEqual([]);
      expect(readdirSync(home.path).filter((name) => name.includes('bug'))).toEqual([]);
      start();
    });

    test('Tab completes commands, flags and names; twice, it lists them with their meaning', async () => {
      await screen.until(/docker>$/m);
      enter(`create --name ${id}-tab busybox`);
      await screen.until(/Created container/);
      screen.type('ins');
      screen.press('Tab');
      await screen.until(/docker> inspect$/m);
      screen.type('--for');
      screen.press('Tab');
      await screen.until(/docker> inspect --format$/m);
      screen.type(`'{{.Name}}' ${id}-`);
      screen.press('Tab');
      await screen.until(new RegExp(` ${id}-tab$`, 'm'));
      screen.press('Enter');
      await screen.until(new RegExp(`^/${id}-tab$`, 'm'));
      screen.type('ps --');
      screen.press('Tab', 'Tab');
      await screen.until(/--no-trunc +print ids/);
      await screen.until(/docker> ps --$/m);
      screen.press('C-c');
    });

    test('a session has the keyboard, the size and the detach keys; the prompt comes back after it', async () => {
      await screen.until(/docker>$/m);
      enter(`run -it --name ${id} busybox sh`);
      await screen.until(/\/ #$/m);
      enter('stty size; echo $((40+2))');
      await screen.until(/40 100\n42/);
      screen.resize(90, 30);
      await screen.until(/\/ #$/m);
      enter('until stty size | grep "30 90"; do :; done');
      await screen.until(/^30 90$/m);
      enter('echo $((6*7))go; sleep 600');
      await screen.until(/^42go$/m);
      screen.press('C-c');
      enter('echo code $?');
      await screen.until(/^code 130$/m);
      screen.press('C-p', 'C-q');
      await screen.until(/docker>$/m);
      enter(`ps --filter name=${id} --format '{{.State}}'`);
      await screen.until(/^running$/m);
    });

    test('Ctrl-C ends the command, not the prompt', async () => {
      await screen.until(/docker>$/m);
      enter(`run --name ${id} busybox sh -c "trap 'exit 5' INT; echo ready; while :; do sleep 0.1; done"`);
      await screen.until(/^ready$/m);
      screen.press('C-c');
      await screen.until(/docker>$/m);
      enter(`ps -a --filter name=${id} --format '{{.State}}'`);
      await screen.until(/^exited$/m);
    });

    test('Ctrl-C during a compose up stops its services, and brings the prompt back', async () => {
      const file = join(home.path, 'compose.yaml');
      writeFileSync(
        file,
        `name: ${id}\nservices:\n  web: { image: busybox, command: "sh -c 'trap exit TERM; echo ready; while :; do sleep 0.1; done'" }\n`,
      );
      await screen.until(/docker>$/m);
      enter(`compose -f ${file} up`);
      await screen.until(/web-1 +\| ready/);
      screen.press('C-c');
      await screen.until(/Gracefully Stopping[\s\S]*exit code 130\n+docker>$/m);
      enter(`ps -a --filter name=${id} --format '{{.State}}'`);
      await screen.until(/^exited$/m);
    });

    test('stats draws its table over the one before, until Ctrl-C', async () => {
      await screen.until(/docker>$/m);
      enter(`run -d --name ${id} busybox sleep 600`);
      await screen.until(/Created container/);
      enter(`stats ${id}`);
      // from the corner of the screen: nothing of what was there before is left
      const drawn = await screen.until(new RegExp(`^CONTAINER ID +NAME[^\\n]*\\n[0-9a-f]{12} +${id} [^\\n]*\\n\\s*$`));
      screen.press('C-c');
      const after = await screen.until(/docker>$/m);
      expect(after.match(/CONTAINER ID/g)).toHaveLength(1);
      expect(drawn).toMatch(/ PIDS\n/);
    });

    test('earlier lines are kept for this user alone, those with a secret are not', async () => {
      await screen.until(/docker>$/m);
      enter('ps --filter name=to-be-found-again');
      await screen.until(/CONTAINER ID/);
      enter('explain docker run -e DB_PASSWORD=hunter2 busybox');
      await screen.until(/Becomes/);
      enter('exit');
      await screen.until(/\[exit code 0\]/);
      const file = join(home.path, 'history');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readFileSync(file, 'utf8')).toContain('to-be-found-again');
      expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
      await screen.close();
      start();
      await screen.until(/docker>$/m);
      screen.press('C-p', 'C-p');
      await screen.until(/docker> ps --filter name=to-be-found-again/);
    });

    test('a line over several, several lines at once, and words of the prompt itself', async () => {
      await screen.until(/docker>$/m);
      enter('ps \\');
      await screen.until(/^>$/m);
      enter(`--filter name=nothing --format 'x' -a`);
      enter('help');
      await screen.until(/Ctrl-D +leave/);
      enter('explain ps -q');
      await screen.until(/print ids only/);
      screen.type('ps -q --filter name=none\nversion --format none-such\n');
      await screen.until(/docker> version --format none-such/);
    });

    test('what is not ours is asked for first', async () => {
      await screen.close();
      const made = dockerTutor(['try', `docker create --name ${id}-theirs busybox`], {
        ...env,
        DOCKER_TUTOR_HOME: `${home.path}/other`,
      });
      expect(made.status).toBe(0);
      start();
      await screen.until(/docker>$/m);
      enter(`rm ${id}-theirs`);
      await screen.until(/was not made by docker-tutor\.\nChange it all the same\? \[y\/N, a for all\]/);
      screen.press('Enter');
      await screen.until(/so it stays as it is/);
      enter(`rm ${id}-theirs`);
      await screen.until(/so it stays as it is[\s\S]*a for all\]$/m);
      enter('y');
      await screen.until(/Removed container/);
      dockerTutor(['clean'], { ...env, DOCKER_TUTOR_HOME: `${home.path}/other` });
    });

    test('one command with -it, without a prompt, ends with its exit code', async () => {
      await screen.close();
      start(`docker run -it --rm busybox sh -c 'read name; echo "hello $name"; exit 9'`);
      await screen.until(/^\s*$/m);
      enter('you');
      await screen.until(/hello you[\s\S]*\[exit code 9\]/);
    });
  });
});

/** Processes with this folder in their environment. */
function running(folder: string): readonly string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`DOCKER_TUTOR_HOME=${folder}\0`);
    } catch {
      // it has ended, or is another user's
      return false;
    }
  });
}
