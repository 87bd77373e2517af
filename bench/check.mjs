/**
 * `docker-tutor check` beside the same lessons one after the other, and beside a shell script of docker commands that does what
 * their steps do and proves nothing. Each is run in turn, on one engine that has the images.
 *   npm run bench:check -- --lab               on the private engine
 *   npm run bench:check -- -H unix:///…        on this engine
 * Exit code 3 where a limit is not kept.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lessonsAsShell } from './lessons-as-shell.mjs';
import { measure } from './measure.mjs';

const bin = fileURLToPath(new URL('../bin/docker-tutor.js', import.meta.url));
const { values: asked } = parseArgs({
  options: {
    lab: { type: 'boolean', default: false },
    host: { type: 'string', short: 'H' },
    rounds: { type: 'string', default: '5' },
  },
});

/** Without tag-push-pull, whose `docker login` would write into the user's own docker config. */
const lessons = ['hello-world', 'flask-image-build', 'custom-bridge-network', 'volume-mount'];
const compose = spawnSync('docker', ['compose', 'version']).status === 0 ? ['compose'] : [];

/** @returns {string | undefined} */
function address() {
  if (asked.host !== undefined || !asked.lab) return asked.host;
  const { status, stdout } = spawnSync(process.execPath, [bin, 'lab', 'status', '--json'], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const told = /** @type {{ address: string }} */ (JSON.parse(stdout));
  return told.address;
}

const host = address();
if (host === undefined) {
  console.log('skipped: no engine named, or the lab is down: give -H ADDRESS, or --lab after docker-tutor lab up');
} else if (spawnSync('docker', ['--version']).status !== 0) {
  console.log('skipped: no docker CLI on PATH to compare with');
} else {
  compared(host, [...lessons, ...compose]);
}

/**
 * @param {string} engine
 * @param {readonly string[]} ids
 */
function compared(engine, ids) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-check-'));
  const script = join(folder, 'lessons.sh');
  writeFileSync(script, lessonsAsShell(ids, folder));
  const check = [bin, 'check', ...ids, '-H', engine];
  const env = { DOCKER_HOST: engine, DOCKER_BUILDKIT: '0' };
  const rounds = Number(asked.rounds);
  const [sequence, side, shell] = measure(
    [
      { name: 'check --jobs 1', file: process.execPath, args: [...check, '--jobs', '1'] },
      { name: 'check', file: process.execPath, args: check },
      { name: 'shell script', file: 'sh', args: [script], env },
    ],
    rounds,
  );
  rmSync(folder, { recursive: true });
  console.log(`node ${process.version}, ${ids.join(', ')}, run in turn, ${String(rounds)} rounds\n`);
  for (const one of [sequence, side, shell])
    console.log(`${one?.name.padEnd(16) ?? ''}${seconds(one?.ms)}   ${one?.ratio.toFixed(2) ?? ''} of check --jobs 1`);
  const beside = (side?.ms ?? 0) / (shell?.ms ?? 1);
  console.log(`\ncheck takes ${beside.toFixed(2)} of the shell script's time`);
  if ((side?.ratio ?? 0) > 0.6 || beside > 1) process.exitCode = 3;
}

/** @param {number | undefined} ms */
function seconds(ms = 0) {
  return `${(ms / 1000).toFixed(1)} s`.padStart(8);
}
