/** Facts about this machine that choose a fix. Collected only when a failure is shown; nothing is started, nothing waits. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { isInContainer } from '../engine/connect/in-container.ts';
import { knownSockets } from '../engine/connect/known-sockets.ts';
import type { Machine } from '../causes/facts.ts';

export interface MachineSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  exists(path: string): boolean;
  /** Text of a file, empty where it cannot be read. */
  text(path: string): string;
  readonly user: {
    readonly name: string;
    readonly uid: number;
    readonly home: string;
    readonly groups: readonly number[];
  };
}

export function machineFacts(from: MachineSources = thisMachine()): Machine {
  const { platform, exists, user } = from;
  const onPath = (program: string): boolean =>
    (from.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && exists(join(folder, program)));
  const exe = platform === 'win32' ? '.exe' : '';
  return {
    platform,
    root: user.uid === 0,
    user: user.name,
    systemd: exists('/run/systemd/system'),
    wsl:
      platform === 'linux' &&
      (from.env['WSL_DISTRO_NAME'] !== undefined || /microsoft/i.test(from.text('/proc/sys/kernel/osrelease'))),
    inContainer: isInContainer(exists),
    desktop: desktopPlaces(from).some(exists),
    snap: exists('/snap/docker/current') || exists('/snap/bin/docker'),
    dockerd: onPath('dockerd') || exists('/usr/sbin/dockerd') || exists('/usr/bin/dockerd'),
    dockerCli: onPath(`docker${exe}`),
    podman: onPath(`podman${exe}`),
    dockerGroup: groupState(from),
    sockets: platform === 'win32' ? [] : knownSockets(user.home, from.env).filter((socket) => exists(socket.path)),
  };
}

function desktopPlaces({ platform, user, env }: MachineSources): readonly string[] {
  if (platform === 'darwin') return ['/Applications/Docker.app'];
  if (platform === 'win32')
    return [join(env['ProgramFiles'] ?? 'C:\\Program Files', 'Docker', 'Docker', 'Docker Desktop.exe')];
  return [join(user.home, '.docker', 'desktop'), '/opt/docker-desktop'];
}

function groupState({ text, user }: MachineSources): Machine['dockerGroup'] {
  const line = text('/etc/group')
    .split('\n')
    .find((entry) => entry.startsWith('docker:'));
  const [, , gid, members] = line?.split(':') ?? [];
  if (gid === undefined) return 'no';
  if (user.groups.includes(Number(gid))) return 'member';
  return (members ?? '').split(',').includes(user.name) ? 'next-login' : 'no';
}

function thisMachine(): MachineSources {
  return {
    env: process.env,
    platform: process.platform,
    exists: existsSync,
    text(path) {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        // absent on this platform, or closed to us: then it tells nothing
        return '';
      }
    },
    user: { name: userName(), uid: process.getuid?.() ?? -1, home: homedir(), groups: process.getgroups?.() ?? [] },
  };
}

/** os.userInfo throws for a uid without an entry in the password file, as in many containers. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env['USER'] ?? '';
  }
}
