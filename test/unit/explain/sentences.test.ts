/**
 * What is said of every flag and operand, for two values each: sentences.txt has them all, to be read. A sentence that
 * changes is seen in the difference; `npx vitest run -u` on this file writes it anew.
 */
import { expect, test } from 'vitest';
import { ValueError } from '../../../src/command/kinds.ts';
import { parseCommand } from '../../../src/command/parse.ts';
import { allRows, spellingOf } from '../../../src/command/rows.ts';
import type { CommandRow, FlagRow } from '../../../src/command/table.ts';
import { partsOf } from '../../../src/explain/parts.ts';

type Two = readonly [string, string];

/** Values that say what a flag of this name is about; a command's own come first. */
const named: Readonly<Record<string, Two>> = {
  'builder prune --filter': ['until=24h', 'type=regular'],
  'compose ls --filter': ['name=shop', 'label=a=b'],
  'container ls --filter': ['status=exited', 'label!=env=dev'],
  'container prune --filter': ['until=24h', 'label!=keep'],
  'image prune --filter': ['until=24h', 'label=old'],
  'network ls --filter': ['driver=bridge', 'type=custom'],
  'volume create --driver': ['local', 'nfs'],
  'image ls --filter': ['dangling=true', 'before=nginx:1'],
  'search --filter': ['is-official=true', 'stars=100'],
  'system events --filter': ['event=die', 'container=web'],
  'node ls --filter': ['role=manager', 'name=a1'],
  'volume create --opt': ['type=tmpfs', 'size'],
  'network create --opt': ['encrypted', 'parent=eth0'],
  'compose up --attach': ['web', 'db'],
  'compose run --volume': ['data:/data', './src:/app'],
  'compose run --publish': ['8080:80', '80'],
  'compose build --build-arg': ['VERSION=2', 'EMPTY='],
  'service create --publish': ['8080:80', 'mode=host,published=53,target=53,protocol=udp'],
  'service update --publish-rm': ['80', '8080:80'],
  'service update --mount-rm': ['/data', '/cache'],
  'add-host': ['db:10.0.0.2', 'host.docker.internal:host-gateway'],
  attach: ['STDOUT', 'stderr'],
  'blkio-weight-device': ['/dev/sda:100', '/dev/sdb:200'],
  'build-arg': ['VERSION=2', 'EMPTY='],
  'cap-add': ['NET_ADMIN', 'SYS_TIME'],
  'cap-drop': ['ALL', 'MKNOD'],
  cpus: ['1', '0.5'],
  'device-cgroup-rule': ['c 42:* rmw', 'b 8:0 r'],
  device: ['/dev/snd', '/dev/sda:/dev/xvda'],
  driver: ['bridge', 'overlay'],
  entrypoint: ['sh', ''],
  env: ['MODE=dev', 'EMPTY='],
  'env-add': ['MODE=dev', 'HOME'],
  'ulimit-add': ['nofile=1024', 'nofile=1024:2048'],
  'publish-add': ['8080:80', '53:53/udp'],
  file: ['compose.yaml', '-'],
  format: ['json', 'table {{.Name}}'],
  gpus: ['all', '1'],
  host: ['db:10.0.0.2', 'cache:10.0.0.3'],
  'host-add': ['db:10.0.0.2', 'cache:10.0.0.3'],
  label: ['env=dev', 'kept'],
  last: ['1', '3'],
  link: ['db', 'db:database'],
  limit: ['1', '25'],
  'cache-to': ['inline', 'type=registry,ref=localhost:5000/cache'],
  'build-context': ['shared=../shared', 'base=docker-image://alpine'],
  attest: ['type=provenance,mode=max', 'type=sbom'],
  'image build --call': ['check', 'targets'],
  'image build --output': ['out', 'type=tar,dest=all.tar'],
  'image build --secret': ['id=token,src=token.txt', 'id=token,env=TOKEN'],
  'image build --ssh': ['default', 'github=agent.sock'],
  'limit-cpu': ['1', '2'],
  expose: ['80', '53/udp'],
  'log-opt': ['max-size=10m', 'compress'],
  memory: ['512m', '1.5g'],
  mount: ['type=bind,source=/data,target=/d,readonly', 'type=tmpfs,target=/cache'],
  'mount-add': ['type=volume,source=data,target=/d', 'type=tmpfs,target=/cache'],
  network: ['shop', 'host'],
  'pids-limit': ['1', '-1'],
  'placement-pref': ['spread=node.labels.zone', 'spread=node.hostname'],
  'placement-pref-add': ['spread=node.labels.zone', 'spread=node.hostname'],
  'placement-pref-rm': ['spread=node.labels.zone', 'spread=node.hostname'],
  platform: ['linux/arm64', 'linux/amd64'],
  publish: ['8080:80', '127.0.0.1:53:53/udp'],
  replicas: ['1', '3'],
  restart: ['on-failure:3', 'unless-stopped'],
  scale: ['web=1', 'web=3'],
  signal: ['HUP', '9'],
  since: ['10m', '2026-01-31T10:00:00Z'],
  sysctl: ['net.core.somaxconn=1024', 'kernel.shmmax=1'],
  tail: ['1', 'all'],
  timeout: ['0', '30'],
  tmpfs: ['/tmp', '/run:size=64m'],
  ulimit: ['nofile=1024', 'nofile=1024:2048'],
  until: ['10m', '2026-01-31T10:00:00Z'],
  volume: ['data:/data', '/src:/app:ro'],
};

/** For the others: the first two that the flag takes. */
const any = [
  'dev',
  'prod',
  '7',
  '20',
  '1.5',
  '0.5',
  '30s',
  '2m',
  '64m',
  '1g',
  'a=1',
  'b=2',
  '10.0.0.2',
  '10.0.0.3',
  '::1',
  '::2',
];
const more = [
  '10.1.0.0/16',
  '10.2.0.0/16',
  '02:42:ac:11:00:02',
  '02:42:ac:11:00:03',
  '/dev/sda:1mb',
  '/dev/sdb:2mb',
  '/dev/sda:5',
  '/dev/sdb:6',
];
const operands: Readonly<Record<string, Two>> = {
  'container cp SRC': ['web:/etc/hosts', './f.txt'],
  'container cp DEST': ['.', 'web:/app'],
  'container port PRIVATE_PORT[/PROTO]': ['80', '53/udp'],
  'service scale SERVICE=REPLICAS': ['web=1', 'http=5'],
  'swarm join-token (worker|manager)': ['worker', 'manager'],
  'swarm join HOST:PORT': ['10.0.0.1:2377', 'manager:2377'],
  'image build PATH | URL | -': ['.', 'https://github.com/a/b.git#main'],
  'image ls REPOSITORY[:TAG]': ['alpine', 'alpine:3'],
  CONTAINER: ['web', '3f2a9c1b7d4e'],
  IMAGE: ['nginx', 'quay.io/a/b:2'],
};

function valuesFor(row: CommandRow, name: string, { kind }: FlagRow): readonly string[] {
  const takes = (value: string): boolean => {
    try {
      for (const one of kind.split?.(value) ?? [value]) kind.parse(one);
      return true;
    } catch (error) {
      if (error instanceof ValueError) return false;
      throw error;
    }
  };
  if (kind.arity === 'switch') return ['true', 'false'];
  const wanted = named[`${row.name} --${name}`] ?? named[name] ?? [];
  return [...wanted, ...(kind.words ?? []), ...any, ...more]
    .filter((value) => value !== '' || name === 'entrypoint')
    .filter(takes)
    .slice(0, 2);
}

function leastOperands(row: CommandRow): readonly string[] {
  return row.operands
    .filter(({ arity }) => arity === 'one' || arity === 'many')
    .map(({ name }) => (operands[`${row.name} ${name}`] ?? operands[name] ?? ['one', 'two'])[0]);
}

function said(line: string, kind: 'flag' | 'operand', at: number): string {
  const found = partsOf({ is: 'command', command: parseCommand(line) }, line).filter((part) => part.kind === kind);
  return found.at(at)?.means ?? '';
}

const quoted = (value: string): string => (/^[\w@%+=:,./-]+$/.test(value) ? value : `'${value}'`);

function ofFlag(row: CommandRow, name: string, flag: FlagRow): readonly string[] {
  const found = valuesFor(row, name, flag);
  expect(found.length, `${row.name} --${name} takes two of the values`).toBe(2);
  const lines = found.map((value) => {
    const written = flag.kind.arity === 'switch' && value === 'true' ? `--${name}` : `--${name}=${quoted(value)}`;
    const line = ['docker', row.name, written, ...leastOperands(row)].join(' ');
    return { written, means: said(line, 'flag', 0) };
  });
  const [first, second] = lines;
  // a row without words for its values says the same of all; a switch that is off says so itself
  return first?.means === second?.means || flag.kind.arity === 'switch'
    ? [`  --${name}: ${first?.means ?? ''}`]
    : lines.map(({ written, means }) => `  ${written}: ${means}`);
}

function ofOperands(row: CommandRow): readonly string[] {
  const lines: string[] = [];
  for (const [i, { name, arity }] of row.operands.entries()) {
    // part of the program's words: told with the first of them
    if (/^ARGS?$/.test(name)) continue;
    const values = operands[`${row.name} ${name}`] ?? operands[name] ?? ['one', 'two'];
    const before = row.operands
      .slice(0, i)
      .map((operand) => (operands[`${row.name} ${operand.name}`] ?? operands[operand.name] ?? ['one'])[0]);
    const after = row.operands.slice(i + 1).filter((operand) => operand.arity === 'one' || operand.arity === 'many');
    for (const value of values) {
      const line = [
        'docker',
        row.name,
        ...before,
        value,
        ...after.map((operand) => (operands[`${row.name} ${operand.name}`] ?? operands[operand.name] ?? ['one'])[0]),
      ];
      lines.push(`  ${name} ${value}${arity === 'any' ? ' …' : ''}: ${said(line.join(' '), 'operand', i)}`);
    }
  }
  return lines;
}

test('every flag and operand, for two values', async () => {
  const sections: string[] = [];
  const told = new Set<string>();
  for (const row of allRows().filter(({ anyFlags }) => !anyFlags)) {
    const flags = Object.entries(row.flags).flatMap(([name, flag]) => ofFlag(row, name, flag));
    // what several commands have alike is told once
    const fresh = flags.filter((line) => !told.has(line));
    for (const line of fresh) told.add(line);
    sections.push([`docker ${spellingOf(row)}: ${row.means}`, ...ofOperands(row), ...fresh].join('\n'));
  }
  const text = `${sections.join('\n\n')}\n`;
  expect(text).not.toMatch(/undefined|\[object|NaN/);
  expect(text).not.toMatch(/: $/m);
  await expect(text).toMatchFileSnapshot('sentences.txt');
}, 60_000);
