/** Where the programs of a container listen: what the kernel says of its network, not what a log claims. */
import type { ContainerSeen } from '../facets/container.ts';
import type { LookContext } from '../look.ts';
import { runBeside } from './run-beside.ts';
import { runInside } from './run-inside.ts';

/** A TCP port that something listens on. */
export interface Socket {
  readonly port: number;
  /** Only programs in the same container reach it. */
  readonly loopback: boolean;
}

const files = ['/proc/net/tcp', '/proc/net/tcp6'];
const shell = [
  'sh',
  '-c',
  'while read -r line; do echo "$line"; done <$0; while read -r line; do echo "$line"; done <$1',
  ...files,
];
const programs: readonly (readonly string[])[] = [
  ['cat', ...files],
  shell,
  ['python3', '-c', 'import sys; [print(open(f).read()) for f in sys.argv[1:]]', ...files],
  ['node', '-e', 'process.argv.slice(1).forEach(f => console.log(String(fs.readFileSync(f))))', ...files],
];

/** @returns undefined where it cannot be looked at */
export async function socketsIn(
  container: ContainerSeen,
  context: LookContext,
): Promise<readonly Socket[] | undefined> {
  for (const program of programs) {
    const ran = await runInside(container.Id, program, context);
    if (!('refused' in ran) && isTable(ran.text)) return readSockets(ran.text);
  }
  const beside = await runBeside(container, shell, context, { tells: isTable });
  return beside === undefined ? undefined : readSockets(beside);
}

/** The heading of /proc/net/tcp, proc(5). */
function isTable(text: string): boolean {
  return /^\s*sl\s+local_address/m.test(text);
}

/** `0: 0100007F:1388 00000000:0000 0A …`: address and port in hexadecimal, four bytes each the other way round; 0A is listening. */
export function readSockets(text: string): readonly Socket[] {
  const found = [...text.matchAll(/^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) \S+ 0A /gim)].map(
    ([, address = '', port = '']) => ({ address: address.toUpperCase(), port: Number.parseInt(port, 16) }),
  );
  return found
    .filter(({ address }) => address !== engineNames)
    .map(({ address, port }) => ({ port, loopback: isLoopback(address) }));
}

/** 127.0.0.11: the engine's own name server, in every container on a network of one's own. */
const engineNames = '0B00007F';

function isLoopback(address: string): boolean {
  return /^(?:0000000000000000FFFF0000)?[0-9A-F]{6}7F$|^0{24}01000000$/.test(address);
}
