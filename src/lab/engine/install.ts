/** Installs missing packages with the system's package manager, and keeps their services from starting. */
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../failure.ts';
import type { LabPaths } from '../folder.ts';
import { findProgram, run } from '../program.ts';

const installLimit = 600_000;

export interface InstallOptions {
  readonly paths: LabPaths;
  readonly signal: AbortSignal;
  readonly tell: (detail: string) => void;
}

/** Rejects with E-LAB-PACKAGE-MANAGER or E-LAB-INSTALL. Nothing that is installed is ever removed for it. */
export async function install(packages: readonly string[], { paths, signal, tell }: InstallOptions): Promise<void> {
  if (findProgram('apt-get') === undefined) throw noPackageManager(packages);
  const veil = await hideServices(paths);
  try {
    const args = ['install', '--yes', '--no-install-recommends', '--no-remove', ...aptOptions(veil), ...packages];
    await fetchArchives(packages, [...args, '--download-only'], signal, tell);
    // Half an unpacked package is worse than a late Ctrl-C: this part, some seconds, runs to its end.
    const done = await apt(args, { signal: AbortSignal.timeout(installLimit), shielded: true, tell });
    if (done.exitCode !== 0) throw notInstalled(packages, done.lines);
    signal.throwIfAborted();
  } finally {
    await rm(veil, { recursive: true, force: true });
  }
}

async function fetchArchives(
  packages: readonly string[],
  args: readonly string[],
  signal: AbortSignal,
  tell: (detail: string) => void,
): Promise<void> {
  tell('downloading');
  if ((await apt(args, { signal, tell })).exitCode === 0) return;
  // Package lists are missing on fresh images, and old ones name versions that are gone: fetch them, and try once more.
  tell('fetching the package lists');
  await apt(['update'], { signal, tell });
  tell('downloading');
  const second = await apt(args, { signal, tell });
  if (second.exitCode !== 0) throw notInstalled(packages, second.lines);
}

export function noPackageManager(packages: readonly string[]): Failure {
  return new Failure(
    `The lab lacks ${packages.join(', ')}, and this system has no apt-get to install ${packages.length === 1 ? 'it' : 'them'}.`,
    {
      code: 'E-LAB-PACKAGE-MANAGER',
      exitCode: 4,
      hints: [
        'Install Docker Engine by hand (https://docs.docker.com/engine/install/), and run without --lab.',
        'The lab installs itself on Debian and Ubuntu.',
      ],
    },
  );
}

interface AptOptions {
  readonly signal: AbortSignal;
  readonly shielded?: boolean;
  readonly tell: (detail: string) => void;
}

function apt(args: readonly string[], { signal, shielded = false, tell }: AptOptions): ReturnType<typeof run> {
  return run('apt-get', args, {
    signal,
    shielded,
    limit: installLimit,
    env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
    onLine: (line) => {
      const step = /^(Unpacking|Setting up) (\S+)/.exec(line);
      if (step !== null) tell(`${step[1] === 'Unpacking' ? 'unpacking' : 'setting up'} ${step[2] ?? ''}`);
    },
  });
}

/**
 * The packages' scripts start dockerd, containerd and a registry as system services, and enable them for the next
 * start of the machine. The lab wants only the programs. /usr/sbin/policy-rc.d would forbid it for everybody,
 * `systemctl mask` would outlive a crash of ours, and RUNLEVEL=1 is not looked at by systemd's half of the scripts.
 * Scripts find their tools by PATH, and `DPkg::Path` (apt.conf(5)) sets it for one run of apt: stand-ins for
 * those four tools, in front, do nothing for our units and hand everything else on to the real ones.
 * `systemctl enable --now docker` makes a service of it later, should one want that.
 */
async function hideServices(paths: LabPaths): Promise<string> {
  const veil = join(paths.work, 'no-services');
  await rm(veil, { recursive: true, force: true });
  await mkdir(veil, { recursive: true, mode: 0o755 });
  for (const tool of ['invoke-rc.d', 'update-rc.d', 'deb-systemd-invoke', 'deb-systemd-helper']) {
    const file = join(veil, tool);
    await writeFile(file, veilScript(tool));
    await chmod(file, 0o755);
  }
  return veil;
}

function veilScript(tool: string): string {
  return `#!/bin/sh
# was-enabled: no, so that the package does not enable its unit.
case " $* " in
  *was-enabled*docker* | *was-enabled*containerd*) exit 1 ;;
  *docker* | *containerd*) exit 0 ;;
esac
for real in /usr/sbin /usr/bin /sbin /bin; do
  [ ! -x "$real/${tool}" ] || exec "$real/${tool}" "$@"
done
exit 0
`;
}

function aptOptions(veil: string): readonly string[] {
  return [
    '-o',
    `DPkg::Path=${veil}:/usr/sbin:/usr/bin:/sbin:/bin`,
    '-o',
    'DPkg::Lock::Timeout=120',
    '-o',
    'Acquire::Retries=2',
    '-o',
    'Dpkg::Use-Pty=0',
  ];
}

function notInstalled(packages: readonly string[], lines: readonly string[]): Failure {
  const errors = lines.filter((line) => /^(E|W|Err):?/.test(line));
  return new Failure(`apt-get could not install ${packages.join(', ')}.`, {
    code: 'E-LAB-INSTALL',
    exitCode: 4,
    hints: [
      `Try it by hand, and see what it says: sudo apt-get update && sudo apt-get install --no-install-recommends ${packages.join(' ')}`,
      'On Ubuntu the packages are in the part "universe".',
    ],
    evidence: (errors.length > 0 ? errors : lines).slice(-8),
  });
}
