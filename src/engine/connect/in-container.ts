/** Whether this process runs in a container, and which one. */
import { existsSync, readFileSync } from 'node:fs';

/** Docker makes the first, Podman the second. */
export function isInContainer(exists: (path: string) => boolean = existsSync): boolean {
  return exists('/.dockerenv') || exists('/run/.containerenv');
}

/** Id of the container that this process runs in; undefined where nothing tells. */
export function ownContainer(): string | undefined {
  try {
    return containerIn(readFileSync('/proc/self/mountinfo', 'utf8'));
  } catch {
    // not a Linux
    return undefined;
  }
}

/** Its engine mounts /etc/hostname and others from a folder of the container's id (proc_pid_mountinfo(5)). */
export function containerIn(mountinfo: string): string | undefined {
  return /containers\/([0-9a-f]{64})\/\S* \/etc\/(?:hostname|hosts|resolv\.conf) /.exec(mountinfo)?.[1];
}
