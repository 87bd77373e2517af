/** What ssh is asked for the name of a host, and what it tells: `ssh -G` prints its config for that host. Pure. */
import type { SshAddress } from './address.ts';

export function hostQuestion({ target, port }: SshAddress): readonly string[] {
  return ['-G', ...(port === undefined ? [] : ['-p', String(port)]), '--', target];
}

/** The name in the address where ssh told none. */
export function hostTold(stdout: string, { host }: SshAddress): string {
  return /^hostname (\S+)$/m.exec(stdout)?.[1] ?? host;
}
