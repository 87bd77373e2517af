/**
 * A lab that cannot start says why, and how to go on. Each runs with mounts and a network of its own: the engine of this machine
 * is out of its sight, and what is hidden from it, or put in the place of a program, is there for nobody else.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { engineNeeds } from '../../src/lab/engine/packages.ts';
import { bin, environment, temporaryFolder } from './process.ts';

const scratch = temporaryFolder();
afterAll(() => scratch.remove());
let count = 0;

const unshare = ['unshare', '--mount', '--net'];
const isPossible =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('unshare', [...unshare.slice(1), 'true']).status === 0;

interface Machine {
  /** Shell scripts found before the programs of these names. */
  readonly inPlaceOf?: Readonly<Record<string, string>>;
  /** Programs that are not there. */
  readonly without?: readonly string[];
  readonly labFolder?: string;
  readonly args?: readonly string[];
}

const hide = `for name in $HIDDEN; do
  for folder in /usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin; do
    [ ! -e "$folder/$name" ] || mount --bind /dev/null "$folder/$name"
  done
done
ip link set lo up 2>/dev/null
exec "$@"`;

function labUp({ inPlaceOf = {}, without = [], labFolder, args = ['--yes'] }: Machine) {
  count += 1;
  const folder = join(scratch.path, String(count));
  const tools = join(folder, 'tools');
  mkdirSync(tools, { recursive: true });
  for (const [name, script] of Object.entries(inPlaceOf))
    writeFileSync(join(tools, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const lab = labFolder ?? join(folder, 'lab');
  const env = environment({
    PATH: `${tools}:${process.env['PATH'] ?? ''}`,
    HIDDEN: without.join(' '),
    DOCKER_TUTOR_LAB_DIR: lab,
  });
  const words = [...unshare.slice(1), 'sh', '-c', hide, 'sh', process.execPath, bin, 'lab', 'up', ...args];
  const { status, stdout, stderr } = spawnSync('unshare', words, { encoding: 'utf8', timeout: 50_000, env });
  return { status, said: `${stdout}${stderr}`.replace(/\s+/g, ' '), lab };
}

const enginePrograms = engineNeeds.map(({ program }) => program);
/** So that nothing is to be installed; none of them has anything to do before the fault. */
const there = { containerd: 'exit 0', dockerd: 'exit 0', runc: 'exit 0', iptables: 'exit 0' };
const hasRegistry = ['docker-registry', 'ip'].every((program) => spawnSync(program, ['-V']).error === undefined);

const rows: readonly (Machine & {
  readonly so: string;
  readonly code: string;
  readonly says: readonly string[];
  readonly isPossible?: boolean;
})[] = [
  {
    so: 'its folder cannot be made',
    labFolder: '/dev/null/lab',
    code: 'E-LAB-FOLDER',
    says: ['/dev/null/lab', 'DOCKER_TUTOR_LAB_DIR=<folder>'],
  },
  {
    so: 'there is nobody to ask whether to install',
    without: enginePrograms,
    args: [],
    code: 'E-LAB-CONSENT',
    says: ['no terminal to ask', 'docker-tutor lab up --yes', 'apt-get install --no-install-recommends'],
  },
  {
    so: 'there is no apt-get',
    without: ['apt-get', ...enginePrograms],
    code: 'E-LAB-PACKAGE-MANAGER',
    says: ['no apt-get', 'https://docs.docker.com/engine/install/'],
  },
  {
    so: 'apt-get does not find the packages',
    without: enginePrograms,
    inPlaceOf: { 'apt-get': "echo 'E: Unable to locate package docker.io' >&2; exit 100" },
    code: 'E-LAB-INSTALL',
    says: ['apt-get could not install', 'E: Unable to locate package docker.io', 'sudo apt-get update'],
  },
  {
    so: 'its registry ends at once',
    inPlaceOf: { ...there, 'docker-registry': "echo 'panic: storage driver' >&2; exit 2" },
    code: 'E-LAB-REGISTRY',
    says: ['registry did not start: it ended', 'panic: storage driver', 'lab down --purge'],
  },
  {
    so: 'its engine ends at once',
    isPossible: hasRegistry,
    inPlaceOf: {
      ...there,
      dockerd: "echo 'failed to start daemon: iptables failed: no nat table' >&2; exit 1",
    },
    code: 'E-LAB-START',
    says: ['engine did not start: it ended', 'iptables failed', 'The kernel refused iptables', 'The whole log:'],
  },
];

describe.skipIf(!isPossible)('the lab where', () => {
  test.for(rows)('$so: $code', ({ code, says, isPossible: isPossibleHere = true, ...machine }, { skip }) => {
    skip(!isPossibleHere, 'docker-registry or ip is not installed');
    const { status, said, lab } = labUp(machine);
    expect(said).toContain(code);
    for (const words of says) expect(said).toContain(words);
    expect(said).not.toContain('This is a bug');
    expect(status).toBe(4);
    expect(processesWith(lab)).toEqual([]);
  });
});

/** Command lines that name the folder. */
function processesWith(folder: string): readonly string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(folder));
}
