/**
 * Runs commands in turn, so that what else the machine does falls on all of them alike. Machines change their speed
 * from one second to the next: a command is compared with what ran in the same round, not with another round's.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const notePeak = fileURLToPath(new URL('note-peak.mjs', import.meta.url));

/**
 * @typedef {{ name: string, file: string, args: readonly string[], env?: Record<string, string> }} Subject
 * @typedef {object} Measured
 * @property {string} name
 * @property {number} ms median wall-clock time, process start to process end
 * @property {number} ratio median of the rounds' ratios to the first subject
 */

/**
 * @param {readonly Subject[]} subjects
 * @param {number} rounds
 * @returns {Measured[]} in the order of the subjects
 */
export function measure(subjects, rounds) {
  for (const subject of subjects) once(subject);
  const times = subjects.map(() => /** @type {number[]} */ ([]));
  const turns = subjects.map((subject, index) => ({ subject, index }));
  for (let round = 0; round < rounds; round += 1) {
    // nobody always runs after the same one
    for (const { subject, index } of turns) times[index]?.push(once(subject));
    turns.push(...turns.splice(0, 1));
  }
  const [floor = []] = times;
  return subjects.map(({ name }, index) => {
    const own = times[index] ?? [];
    return { name, ms: median(own), ratio: median(own.map((ms, round) => ms / (floor[round] ?? ms))) };
  });
}

/** Without NODE_EXTRA_CA_CERTS: reading certificates adds the same to every start of node, and so flatters each ratio. */
const surroundings = { ...process.env };
delete surroundings['NODE_EXTRA_CA_CERTS'];

/**
 * @param {Subject} subject
 * @returns {number} milliseconds
 */
function once({ name, file, args, env }) {
  const start = process.hrtime.bigint();
  const ran = spawnSync(file, args, { encoding: 'utf8', env: { ...surroundings, ...env } });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (ran.status !== 0) throw new Error(`${name} failed, exit code ${String(ran.status)}:\n${ran.stdout}${ran.stderr}`);
  return ms;
}

/**
 * @param {Subject} subject a node program
 * @returns {number} peak resident memory of the process, in MiB
 */
export function peakOf({ name, args, env }) {
  const notes = join(tmpdir(), `docker-tutor-peak-${String(process.pid)}`);
  try {
    once({ name, file: process.execPath, args: ['--import', notePeak, ...args], env: { ...env, NOTE_PEAK_IN: notes } });
    return Number(readFileSync(notes, 'utf8')) / 1024;
  } finally {
    rmSync(notes, { force: true });
  }
}

/** @param {number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
