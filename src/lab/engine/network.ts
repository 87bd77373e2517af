/** What dockerd changes in the machine's network and does not undo when it ends; `lab down` undoes it. */
import { readFile, writeFile } from 'node:fs/promises';
import { ask } from '../http.ts';
import type { LabPaths } from '../folder.ts';
import { findProgram, run } from '../program.ts';
import type { NetworkBefore } from '../state.ts';
import { shortId } from '../../short-id.ts';

const forwarding = '/proc/sys/net/ipv4/ip_forward';

/** Before the engine starts. An earlier record holds as long as docker0, which our engine left, is there. */
export async function networkBefore(earlier: NetworkBefore | undefined, signal: AbortSignal): Promise<NetworkBefore> {
  const docker0 = (await links()).includes('docker0');
  if (earlier !== undefined && !earlier.docker0 && docker0) return earlier;
  const rules = (await iptables(['-S', 'FORWARD'], signal)).stdout;
  const forwardPolicy = /^-P FORWARD (\S+)/m.exec(rules)?.[1];
  const ipForward = await readFile(forwarding, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
  return {
    docker0,
    ...(forwardPolicy === undefined ? {} : { forwardPolicy }),
    ...(ipForward === undefined ? {} : { ipForward }),
  };
}

/** Names of the links of the engine's bridge networks; empty where it does not answer. */
export async function bridgesOf(paths: LabPaths, signal: AbortSignal): Promise<readonly string[]> {
  const told = await ask({ socketPath: paths.socket }, { path: '/networks', signal, limit: 5000 }).catch(
    () => undefined,
  );
  if (told?.status !== 200) return [];
  const networks = JSON.parse(told.body.toString()) as readonly {
    Id: string;
    Driver: string;
    Name: string;
    Options: Record<string, string> | null;
  }[];
  return networks
    .filter(({ Driver, Name }) => Driver === 'bridge' && Name !== 'bridge')
    .map(({ Id, Options }) => Options?.['com.docker.network.bridge.name'] ?? `br-${shortId(Id)}`);
}

/** Where docker0 was there before, another engine made it, and its rules stay. */
export async function restoreNetwork(
  before: NetworkBefore,
  bridges: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const link of before.docker0 ? bridges : [...bridges, 'docker0']) await removeLink(link, signal);
  if (before.docker0) return;
  for (const table of ['filter', 'nat']) {
    const rules = (await iptables(['-t', table, '-S'], signal)).stdout;
    for (const undo of undoRules(rules, bridges)) await iptables(['-t', table, ...undo], signal);
  }
  if (before.forwardPolicy !== undefined) await iptables(['-P', 'FORWARD', before.forwardPolicy], signal);
  if (before.ipForward === '0') await writeFile(forwarding, '0');
}

/** Pure. From `iptables -S`: the arguments that delete docker's rules, then empty and delete its chains. */
export function undoRules(rules: string, bridges: readonly string[]): readonly (readonly string[])[] {
  const lines = rules.split('\n').map((line) => line.trim().split(' '));
  const links = new Set(['docker0', ...bridges]);
  const chains = lines
    .filter(([what, chain]) => what === '-N' && chain?.startsWith('DOCKER'))
    .map(([, chain]) => chain ?? '');
  const touches = (words: readonly string[]): boolean =>
    words.some((word, at) => links.has(word) || (words[at - 1] === '-j' && chains.includes(word)));
  const outside = lines.filter(([what, chain]) => what === '-A' && !chains.includes(chain ?? '')).filter(touches);
  return [
    ...outside.map(([, ...rest]) => ['-D', ...rest]),
    ...chains.map((chain) => ['-F', chain]),
    ...chains.map((chain) => ['-X', chain]),
  ];
}

function iptables(args: readonly string[], signal: AbortSignal): ReturnType<typeof run> {
  // -w: others may hold the lock of the tables.
  return run('iptables', ['-w', '10', ...args], { signal, limit: 20_000 });
}

/** iproute2 is missing on small images; busybox has the same command. */
async function removeLink(link: string, signal: AbortSignal): Promise<void> {
  if (!(await links()).includes(link)) return;
  const [program, before] = findProgram('ip') !== undefined ? ['ip', []] : ['busybox', ['ip']];
  if (findProgram(program) !== undefined)
    await run(program, [...before, 'link', 'del', link], { signal, limit: 10_000 });
}

/** From /proc, and not from /sys/class/net: that one shows the network in which /sys was mounted. */
async function links(): Promise<readonly string[]> {
  const table = await readFile('/proc/self/net/dev', 'utf8');
  return table.split('\n').map((line) => line.split(':')[0]?.trim() ?? '');
}
