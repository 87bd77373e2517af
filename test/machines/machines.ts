/**
 * Lessons on a machine, one after the other, written down in docs/machines.md, which says how:
 * `npm run machines -- NAME [--program LINE] [--lessons IDS] [-- OPTIONS…]`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { labFolder } from '../../src/lab/folder.ts';
import { namedFor } from '../lessons/named-for.ts';
import { eventsIn, outcomeOf, type Outcome } from './outcome.ts';
import { page, type MachineSeen } from './page.ts';

const record = 'test/fixtures/machines.json';
/** For a machine that is slow and has to fetch its images. */
const limitMs = 15 * 60_000;

const { values, positionals } = parseArgs({
  options: { program: { type: 'string' }, lessons: { type: 'string' } },
  allowPositionals: true,
});
const [name, ...options] = positionals;
if (name === undefined) throw new Error('Which machine? npm run machines -- NAME');
const line = values.program ?? `'${process.execPath}' bin/docker-tutor.js`;
const lessons = values.lessons?.split(',') ?? [...namedFor, 'install-docker'];

/** With a state folder of its own, so that what a learner here has done is left alone; the lab stays where it is. */
const lab = await labFolder();
const home = mkdtempSync(join(tmpdir(), 'docker-tutor-machines-'));
let engine: string | undefined;
const outcomes: Record<string, Outcome> = {};
try {
  for (const lesson of lessons) {
    const { status, stdout, stderr } = spawnSync(
      'sh',
      ['-c', `exec ${line} "$@"`, 'sh', 'run', lesson, '--yes', '--format', 'json', ...options],
      {
        encoding: 'utf8',
        timeout: limitMs,
        maxBuffer: 2 ** 28,
        env: { ...process.env, DOCKER_TUTOR_HOME: home, DOCKER_TUTOR_LAB_DIR: lab },
      },
    );
    const found = eventsIn(stdout).find((event) => event.type === 'engine-found');
    if (found?.type === 'engine-found')
      engine = `${found.engine.flavour === 'podman' ? 'Podman' : 'Docker Engine'} ${found.engine.version}`;
    const outcome = outcomeOf({ code: status, stdout, stderr });
    outcomes[lesson] = outcome;
    process.stdout.write(`${name}: ${lesson}: ${JSON.stringify(outcome)}\n`);
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}

const before = JSON.parse(readFileSync(record, 'utf8')) as readonly MachineSeen[];
const seen: MachineSeen = {
  name,
  ...(engine !== undefined && { engine }),
  lessons: { ...before.find((one) => one.name === name)?.lessons, ...outcomes },
};
const isKnown = before.some((one) => one.name === name);
const machines = isKnown ? before.map((one) => (one.name === name ? seen : one)) : [...before, seen];
writeFileSync(record, `${JSON.stringify(machines, undefined, 2)}\n`);
writeFileSync('docs/machines.md', page(machines));
process.exitCode = Object.values(outcomes).some(({ is }) => is === 'wrong') ? 1 : 0;
