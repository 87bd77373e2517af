/** What a killed engine leaves behind: containers that go on running under their shim, and mounts. */
import { readdir, readFile } from 'node:fs/promises';
import { running, send, stopAll } from './processes.ts';
import { run } from '../program.ts';

/** Ends containers, and the shims that hold them, of the containerd at this socket. */
export async function endOrphans(containerdSocket: string): Promise<void> {
  const shims = (await Promise.all(['containerd-shim-runc-v2', 'containerd-shim'].map(running)))
    .flat()
    .filter(({ argv }) => argv.includes(containerdSocket));
  if (shims.length === 0) return;
  const parents = await parentOf();
  for (const shim of shims) {
    for (const [pid, parent] of parents) if (parent === shim.pid) send(pid, 'SIGKILL');
  }
  await stopAll(shims, 1000);
}

/** Process → its parent. */
async function parentOf(): Promise<ReadonlyMap<number, number>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const pairs = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // proc(5): pid (name) state ppid; a name may hold spaces and brackets.
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return [Number(pid), parent] as const;
    }),
  );
  return new Map(pairs);
}

/** Unmounts what is mounted below these folders, the deepest first. */
export async function unmountBelow(folders: readonly string[], signal: AbortSignal): Promise<void> {
  const points = mountPoints(await readFile('/proc/self/mountinfo', 'utf8'), folders);
  for (const point of points) await run('umount', ['--lazy', point], { signal, limit: 10_000 });
}

/** Pure. Fifth field of a line of mountinfo (proc(5)), where a blank is written `\040`. */
export function mountPoints(mountinfo: string, folders: readonly string[]): readonly string[] {
  return mountinfo
    .split('\n')
    .map((line) =>
      (line.split(' ')[4] ?? '').replace(/\\([0-7]{3})/g, (_, octal: string) =>
        String.fromCharCode(parseInt(octal, 8)),
      ),
    )
    .filter((point) => folders.some((folder) => point.startsWith(`${folder}/`)))
    .sort((a, b) => b.length - a.length);
}
