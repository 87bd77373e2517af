/**
 * What a learner sees, at a terminal of 80 × 24, as docs/screens.md: `npm run captures`, with an engine at DOCKER_HOST
 * (else the usual one) that does not have the image hello-world.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { terminal, type Terminal } from '../cli/terminal.ts';

const program = `'${process.execPath}' '${resolve('bin/docker-tutor.js')}'`;
const rows = 24;

interface Scene {
  readonly title: string;
  readonly command: string;
  play(at: Terminal): Promise<unknown>;
}

const keys = (text: string): boolean => /quit · \?\s*$/.test(text.trimEnd());
const offered = (text: string): boolean => /run it[^]{0,160}quit · \?\s*$/.test(text.trimEnd());
const goesOn = (text: string): boolean => /go on[^]{0,80}quit · \?\s*$/.test(text.trimEnd());
const prompt = (text: string): boolean => /\n \$\s*$/.test(text.trimEnd());
const question = (text: string): boolean => /or Enter to see the answer:\s*$/.test(text.trimEnd());

async function begin(at: Terminal): Promise<void> {
  await at.until(goesOn, 60_000);
  at.press('Enter');
}

/** Each command as it stands, up to the pause after step `last`. */
async function through(at: Terminal, last: number): Promise<void> {
  for (let step = 1; step <= last; step++) {
    const marked = `step ${String(step)} of `;
    const since = (text: string): string => text.slice(Math.max(0, text.lastIndexOf(marked)));
    for (let shown = ''; ;) {
      shown = await at.until(
        (text) => text.includes(marked) && since(text) !== shown && (offered(text) || goesOn(text) || question(text)),
        60_000,
      );
      shown = since(shown);
      if (goesOn(shown)) break;
      at.press(question(shown) ? '1' : 'Enter');
    }
    if (step < last) at.press('Enter');
  }
}

const scenes: readonly Scene[] = [
  { title: 'The lessons', command: 'list', play: (at) => at.until((text) => text.includes('[exit code')) },
  {
    title: 'A step waits for you',
    command: 'run hello-world',
    async play(at) {
      await begin(at);
      await at.until(offered);
    },
  },
  {
    title: 'A check that fails ends nothing',
    command: 'run hello-world',
    async play(at) {
      await begin(at);
      await through(at, 3);
      at.press('Enter');
      await at.until((text) => text.includes('step 4 of') && offered(text));
      at.type('docker run hello-world');
      await at.until((text) => text.trimEnd().endsWith('$ docker run hello-world'));
      at.press('Enter');
      await at.until((text) => text.includes('check again') && keys(text), 60_000);
    },
  },
  {
    title: 'A question',
    command: 'run hello-world',
    async play(at) {
      await begin(at);
      await through(at, 4);
      at.press('Enter');
      await at.until(question);
    },
  },
  {
    title: 'Practice: the goal, and a hint',
    command: 'practice hello-world',
    async play(at) {
      await begin(at);
      await at.until(prompt);
      at.type('hint');
      at.press('Enter');
      await at.until((text) => text.includes('Hint 1 of') && prompt(text));
    },
  },
  {
    title: 'Who is on which network',
    command: 'run custom-bridge-network',
    async play(at) {
      await begin(at);
      await through(at, 5);
    },
  },
];

async function captured({ command, play }: Scene): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'docker-tutor-capture-'));
  const { DOCKER_HOST } = process.env;
  const at = terminal(`${program} ${command}`, {
    DOCKER_HOST,
    DOCKER_TUTOR_HOME: home,
    TMPDIR: home,
    TERM: 'xterm-256color',
    CI: '',
  });
  try {
    await play(at);
    const lines = at.screen().trimEnd().split('\n');
    return lines
      .filter((line) => !line.startsWith('[exit code'))
      .slice(-rows)
      .map((line) => line.trimEnd())
      .join('\n');
  } finally {
    if (!at.screen().includes('[exit code')) at.press('C-c');
    await at.until((text) => text.includes('[exit code'), 60_000).catch(() => undefined);
    await at.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 20 });
  }
}

const parts = ['# What a learner sees', '', 'At a terminal of 80 × 24, made by `npm run captures`.', ''];
for (const scene of scenes)
  parts.push(`## ${scene.title}`, '', `\`docker-tutor ${scene.command}\``, '', '```', await captured(scene), '```', '');
writeFileSync('docs/screens.md', parts.join('\n'));
process.stdout.write('docs/screens.md\n');
