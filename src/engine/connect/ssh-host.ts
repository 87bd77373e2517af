/** ssh knows hosts by names of its user's own (Host and HostName of ssh_config(5)), which nobody else resolves. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { limited, waited } from '../../waits/waits.ts';
import type { SshAddress } from './address.ts';
import { hostQuestion, hostTold } from './host-told.ts';

/** A config may ask programs of its own (Match exec). Milliseconds. */
const limitMs = 10_000;

/** The host that ssh would connect to. It asks nobody for it. */
export async function sshHost(address: SshAddress, signal: AbortSignal): Promise<string> {
  const args = hostQuestion(address);
  try {
    const { stdout } = await waited({ for: ['ssh', ...args].join(' '), limitMs }, () =>
      limited(limitMs, signal, (limit) => promisify(execFile)('ssh', args, { signal: limit, windowsHide: true })),
    );
    return hostTold(stdout, address);
  } catch {
    signal.throwIfAborted();
    return hostTold('', address);
  }
}
