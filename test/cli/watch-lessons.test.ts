/**
 * A learner works with docker itself, and the lesson looks on: whole lessons at a terminal of 80 × 24. On the way the
 * engine's reports break off three times, while something changes. How long a tick takes after the report is printed.
 */
import { fork, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../../build/paths.mjs';
import { findScenario } from '../../src/scenario/catalogue.ts';
import type { Step } from '../../src/scenario/schema.ts';
import { withTasks } from '../../src/scenario/tasks.ts';
import { builtInValues, fillScenario, wishedValues, withVars } from '../../src/scenario/variables.ts';
import { everythingOn } from '../engine/everything.ts';
import { engineSuite } from '../engine/lab.ts';
import { asWritten, answersTo } from './practice-scripts.ts';
import { sample, wantsTerminal } from './sample.ts';
import { hasTmux, terminal, type Terminal } from './terminal.ts';

const program = `'${process.execPath}' '${join(root, 'bin/docker-tutor.js')}'`;
const hasDocker = spawnSync('docker', ['--version']).status === 0;
const minutes = 60_000;
const lessons = sample(['custom-bridge-network', 'volume-mount', 'flask-image-build']);

interface Between extends Disposable {
  readonly address: string;
  /** When the last report came, as Date.now() has it. */
  reportedAt(): number;
  /** How many connections that brought reports were broken. */
  cutReports(): Promise<number>;
}

/** In a process of its own: this one stands still while docker works and while the screen is read. */
async function between(engine: string, path: string): Promise<Between> {
  const child = fork(join(import.meta.dirname, 'between.mjs'), [engine, path]);
  let last = 0;
  child.on('message', (told: { readonly reportedAt?: number }) => (last = told.reportedAt ?? last));
  const answer = async <Key extends string>(key: Key): Promise<Readonly<Record<Key, number>>> => {
    for (;;) {
      const [told] = (await once(child, 'message')) as [Readonly<Record<Key, number>>];
      if (key in told) return told;
    }
  };
  await answer('listens');
  return {
    address: `unix://${path}`,
    reportedAt: () => last,
    async cutReports() {
      child.send('cut');
      return (await answer('cut')).cut;
    },
    [Symbol.dispose]: () => child.disconnect(),
  };
}

engineSuite('a lesson that looks on', ({ address, socketPath }) => {
  let home: string;
  let at: Terminal | undefined;
  let before: string;
  const delays: number[] = [];
  /** What docker said, for a test that fails. */
  let said: string[] = [];
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'docker-tutor-watch-'));
    before = await everythingOn(socketPath);
    said = [];
  });
  afterEach(async () => {
    await at?.close();
    at = undefined;
    await rm(home, { recursive: true });
  });

  afterAll(() => {
    const sorted = [...delays].sort((a, b) => a - b).map(Math.round);
    if (sorted.length > 0)
      process.stderr.write(
        `from the engine's report to the next step's keys: ${sorted.join(' ')} ms, median ${String(sorted[sorted.length >> 1])}\n`,
      );
  });

  const dockerIn = (folder: string, line: string): void => {
    const { status, stderr } = spawnSync('sh', ['-c', line], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, DOCKER_HOST: address, DOCKER_BUILDKIT: '0', PWD: folder },
    });
    said.push(`$ ${line}\n${stderr}exit code ${String(status)}`);
  };
  const workspaceIn = async (folder: string): Promise<string> => {
    const inside = await readdir(folder, { recursive: true, withFileTypes: true });
    const found = inside.find((one) => one.isDirectory() && /^docker-tutor-.*-\w+$/.test(one.name));
    return found ? join(found.parentPath, found.name) : folder;
  };

  describe.skipIf(!wantsTerminal || !hasTmux || !hasDocker).each(lessons)('%s', (lesson) => {
    test(
      'is followed to its end, though the reports break off three times',
      async () => {
        const { scenario } = await findScenario(lesson);
        const wished = withTasks(withVars(scenario, {}));
        const { steps } = fillScenario(wished, {
          ...wishedValues(wished),
          ...builtInValues({ workspace: '$PWD', host: 'localhost' }),
        });
        using proxy = await between(socketPath, join(home, 'between.sock'));
        at = terminal(`${program} practice ${lesson} --watch`, {
          DOCKER_HOST: proxy.address,
          DOCKER_TUTOR_HOME: home,
          TMPDIR: home,
          TERM: 'xterm-256color',
          CI: '',
        });
        let cuts = 0;
        await at.until(isOffered);
        at.press('Enter');
        for (const [i, step] of steps.entries()) {
          const marked = `step ${String(i + 1)} of ${String(steps.length)}  `;
          const since = (screen: string): string => screen.slice(Math.max(0, screen.lastIndexOf(marked)));
          await at.until((screen) => screen.includes(marked), minutes);
          const answers = [...answersTo(step, asWritten)];
          for (let over = false; !over;) {
            const shown = since(await at.until((screen) => isWaiting(since(screen)), 2 * minutes)).trimEnd();
            if (isOffered(shown) || isOver(shown)) over = true;
            else if (shown.endsWith(prompted)) {
              at.press(...(answers.shift() ?? '1').split(','));
              await at.until((screen) => !since(screen).trimEnd().endsWith(prompted));
            } else if (isWatched(shown)) {
              const lines = linesOf(step);
              const workspace = await workspaceIn(home);
              if (cuts < 3) cuts += Math.min(1, await proxy.cutReports());
              for (const line of lines) dockerIn(workspace, line);
              await at
                .until((screen) => !isWatched(since(screen).trimEnd()), minutes)
                .catch((cause: unknown) => {
                  throw new Error(said.join('\n'), { cause });
                });
              delays.push(Math.max(0, Date.now() - proxy.reportedAt()));
            } else {
              at.type(asSeen(answers.shift() ?? 'skip', shown));
              at.press('Enter');
              await at.until((screen) => isWaiting(since(screen).slice(shown.length)), minutes);
            }
          }
          if (i < steps.length - 1) at.press('Enter');
        }
        const last = await at.until(isOver);
        if (!last.includes('[exit code')) {
          at.type('y');
          at.press('Enter');
        }
        expect(await at.until((screen) => screen.includes('[exit code'), minutes)).toContain('[exit code 0]');
        expect(cuts).toBe(3);
        expect(await everythingOn(socketPath)).toBe(before);
      },
      10 * minutes,
    );
  });
});

/** What answers a question, as whoever reads the screen types it. */
function asSeen(line: string, screen: string): string {
  const [, pattern] = /^answer \/(.*)\/$/s.exec(line) ?? [];
  if (pattern === undefined) return line;
  const [, found = ''] = new RegExp(pattern, 'm').exec(screen) ?? [];
  return `answer ${found}`;
}

const prompted = 'or Enter to see the answer:';

function isOffered(screen: string): boolean {
  return /go on.*quit · \?\s*$/s.test(screen.trimEnd());
}

/** What the learner has made is offered for removal, or the lesson has ended. */
function isOver(screen: string): boolean {
  return /\[y\/N\]\s*$/.test(screen.trimEnd()) || screen.includes('[exit code');
}

function isWatched(screen: string): boolean {
  return /check now[^]*quit · \?$/.test(screen.trimEnd().slice(-200));
}

function isWaiting(screen: string): boolean {
  const shown = screen.trimEnd();
  return isOffered(shown) || isWatched(shown) || shown.endsWith(prompted) || /\n \$$/.test(shown) || isOver(shown);
}

function linesOf(step: Step): readonly string[] {
  return 'do' in step ? [step.do].flat() : [];
}
