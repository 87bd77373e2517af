/**
 * What docker-tutor costs, as ratios measured side by side in one run.
 *   npm run bench                       the commands that need no engine
 *   npm run bench -- --lab              and run hello-world, on the private engine
 *   npm run bench -- --loader           what each piece of build/loader/ is worth, and nothing else
 *   npm run bench -- -H unix:///…       and run hello-world, on this engine (hello-world is pulled and removed there)
 * Exit code 3 where a limit is not kept.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchLoader } from './loader.mjs';
import { measure, peakOf } from './measure.mjs';

const bin = fileURLToPath(new URL('../bin/docker-tutor.js', import.meta.url));
const script = fileURLToPath(new URL('hello-world.sh', import.meta.url));

const { values: asked } = parseArgs({
  options: {
    lab: { type: 'boolean', default: false },
    loader: { type: 'boolean', default: false },
    host: { type: 'string', short: 'H' },
    rounds: { type: 'string', default: '21' },
  },
});

/**
 * @typedef {import('./measure.mjs').Subject} Subject
 * @typedef {{ subject: Subject, limit: number, against: string }} Row
 */

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Subject}
 */
const ours = (name, args) => ({ name, file: process.execPath, args: [bin, ...args] });

/** @type {Subject} */
const bareNode = { name: 'node -e 0', file: process.execPath, args: ['-e', '0'] };

const line = 'docker run -d -p 5000:5000 -e KEY=v flask-docker-demo';
/** @type {readonly Row[]} */
const startUp = [
  { subject: ours('--version', ['--version']), limit: 1.2, against: bareNode.name },
  { subject: ours('list', ['list']), limit: 1.5, against: bareNode.name },
  { subject: ours('explain', ['explain', line]), limit: 1.5, against: bareNode.name },
];

/** @param {string} command */
function exists(command) {
  if (command.startsWith('-')) return true;
  const help = spawnSync(process.execPath, [bin, command, '--help'], { encoding: 'utf8' });
  return help.stdout.includes(`docker-tutor ${command}`);
}

/**
 * The engine for `run hello-world`: how we are told, and how the docker CLI is.
 * @returns {{ options: string[], address: string } | { skip: string }}
 */
function engine() {
  if (spawnSync('docker', ['--version']).status !== 0) return { skip: 'no docker CLI on PATH to compare with' };
  if (asked.host !== undefined) return unlessThere({ options: ['-H', asked.host], address: asked.host });
  if (!asked.lab) return { skip: 'no engine named: give --lab or -H ADDRESS' };
  const status = spawnSync(process.execPath, [bin, 'lab', 'status', '--json'], { encoding: 'utf8' });
  if (status.status !== 0) return { skip: 'the lab is down: docker-tutor lab up' };
  const { address } = /** @type {{ address: string }} */ (JSON.parse(status.stdout));
  // as the script has it: whether the lab is up is no part of the lesson
  return unlessThere({ options: ['-H', address], address });
}

/**
 * The script removes the image at its end: never one that was there before.
 * @param {{ options: string[], address: string }} found
 */
function unlessThere(found) {
  const there = spawnSync('docker', ['-H', found.address, 'image', 'inspect', 'hello-world']).status === 0;
  return there ? { skip: 'the engine has the hello-world image already, and it stays' } : found;
}

/** @param {readonly (readonly string[])[]} rows */
function print(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    console.log(cells.join('   ').trimEnd());
  }
}

/**
 * @param {Subject} base
 * @param {readonly Row[]} rows
 * @param {number} rounds
 * @param {boolean} baseIsNode
 */
function table(base, rows, rounds, baseIsNode) {
  const [floor, ...measured] = measure([base, ...rows.map(({ subject }) => subject)], rounds);
  const floorMs = floor?.ms ?? 0;
  const lines = rows.map(({ subject, limit }, index) => {
    const ratio = measured[index]?.ratio ?? 0;
    if (ratio > limit) process.exitCode = 3;
    const verdict = ratio > limit ? 'over the limit' : '';
    return [
      subject.name,
      ms(measured[index]?.ms ?? 0),
      ratio.toFixed(2),
      `≤ ${limit.toFixed(2)}`,
      mib(peakOf(subject)),
      verdict,
    ];
  });
  const first = [base.name, ms(floorMs), '1.00', '', baseIsNode ? mib(peakOf(base)) : '', ''];
  print([['', 'median', 'ratio', 'limit', 'peak', ''], first, ...lines]);
}

/** @param {number} value */
const ms = (value) => `${value.toFixed(0)} ms`;
/** @param {number} value */
const mib = (value) => `${value.toFixed(0)} MiB`;

const rounds = Number(asked.rounds);
// a start is short, and what else the machine does weighs more in it
const starts = 5 * rounds;
const machine = `node ${process.version}, ${process.platform} ${process.arch}, run in turn`;

if (asked.loader) {
  console.log(`${machine}, ${String(starts)} rounds: the time of each in that of \`node -e 0\`\n`);
  print([['', '--version', 'list', 'explain'], ...(await benchLoader(starts))]);
} else {
  console.log(`${machine}, ${String(starts)} rounds of starts, ${String(rounds)} of the lesson\n`);
  benchStarts();
  console.log('');
  benchLesson();
}

function benchStarts() {
  const here = startUp.filter(({ subject }) => exists(subject.args[1] ?? ''));
  table(bareNode, here, starts, true);
  for (const { subject } of startUp.filter((row) => !here.includes(row))) {
    console.log(`${subject.name}: not measured, the command does not exist yet`);
  }
}

function benchLesson() {
  const at = exists('run') ? engine() : { skip: 'the command does not exist yet' };
  if ('skip' in at) {
    console.log(`run hello-world: not measured, ${at.skip}`);
    return;
  }
  // the lesson checks each step on the engine; a script that does the same must ask the engine too
  const env = { DOCKER_HOST: at.address };
  const lesson = ours('run hello-world --yes', ['run', 'hello-world', '--yes', ...at.options]);
  for (const shell of [
    { name: 'docker CLI script, steps only', file: script, args: [], env },
    { name: 'docker CLI script, steps and checks', file: script, args: ['checked'], env },
  ]) {
    table(shell, [{ subject: lesson, limit: 1, against: shell.name }], rounds, false);
    console.log('');
  }
}
