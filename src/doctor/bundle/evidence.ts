/** What goes into a bundle: what was found, and what it can be checked by. Each is redacted. */
import { objectIn, scalar } from '../../api/json-parts.ts';
import { configFolder } from '../../engine/connect/endpoint.ts';
import { hostOf, isAddress, parseAddress } from '../../engine/connect/address.ts';
import { Failure } from '../../failure.ts';
import type { ProbeResult } from '../probe.ts';
import { prunableIn } from '../probes/disk.ts';
import type { World } from '../world/world.ts';
import { redactor } from './redact.ts';
import type { Redactor } from './redact.ts';

export interface Evidence {
  readonly path: string;
  /** For whoever reads the list. */
  readonly about: string;
  readonly text: string;
}

export interface EvidenceWish {
  readonly results: readonly ProbeResult[];
  /** The same in words, a line each. */
  readonly words: readonly string[];
  readonly hideHostNames: boolean;
}

/** Without MANIFEST. */
export async function evidenceOf(world: World, wish: EvidenceWish): Promise<readonly Evidence[]> {
  const engine = await engineTold(world);
  const hosts = wish.hideHostNames ? hostNames(world, engine) : [];
  const redact = redactor({ user: world.machine.user, home: world.home, hosts });
  const all = [
    { path: 'doctor.txt', about: 'what doctor found', text: wish.words.join('\n') },
    { path: 'doctor.json', about: 'the same for programs', json: { probes: wish.results } },
    { path: 'machine.json', about: 'facts of this machine', json: machineTold(world) },
    ...[...engine].map(([name, [about, json]]) => ({ path: `engine/${name}.json`, about, json })),
    ...filesTold(world),
    ...(await programsTold(world)),
  ];
  return all.map((one) => ({ path: one.path, about: one.about, text: shown(one, redact) }));
}

function shown(one: { readonly text?: string; readonly json?: unknown }, redact: Redactor): string {
  return 'json' in one
    ? `${JSON.stringify(redact.json(one.json), undefined, 2)}\n`
    : `${redact.text(one.text ?? '')}\n`;
}

/** The list, with what was done to it all. */
export function manifestOf(evidence: readonly Evidence[], hideHostNames: boolean): Evidence {
  const rows = evidence.map(
    ({ path, about, text }) => `${path.padEnd(24)}${String(Buffer.byteLength(text)).padStart(8)} bytes  ${about}`,
  );
  const lines = [
    'Evidence of docker-tutor doctor',
    '',
    ...rows,
    '',
    'Passwords, tokens, keys and logins are replaced by …, user names in paths and addresses by USER, the home folder by ~.',
    hideHostNames
      ? 'Names of machines are replaced by HOST.'
      : 'Names of machines are as they are: --hide-host-names hides them.',
    '',
  ];
  return { path: 'MANIFEST', about: 'this list', text: lines.join('\n') };
}

type Told = ReadonlyMap<string, readonly [about: string, json: unknown]>;

/** What the engine answers; nothing where it does not. */
async function engineTold(world: World): Promise<Told> {
  const told = new Map<string, readonly [string, unknown]>();
  const ask = async (name: string, about: string, path: string, pick: (answer: unknown) => unknown): Promise<void> => {
    const query = path === '/containers/json' ? { all: '1' } : undefined;
    try {
      told.set(name, [about, pick(await world.engine.get(path, query))]);
    } catch (error) {
      world.signal.throwIfAborted();
      if (!(error instanceof Failure)) throw error;
    }
  };
  try {
    await world.engine.about();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return told;
  }
  await ask('version', 'GET /version', '/version', (answer) => answer);
  await ask('info', 'GET /info', '/info', (answer) => answer);
  await ask('disk', 'what a prune would free', '/system/df', (answer) => Object.fromEntries(prunableIn(answer)));
  await ask('containers', 'names, images and states', '/containers/json', (answer) =>
    (Array.isArray(answer) ? answer : []).map(stateOf),
  );
  return told;
}

/** Its command and its labels may hold anything. */
function stateOf(container: unknown): object {
  const { Names, Image, State, Status } = objectIn(container);
  return { Names, Image, State, Status };
}

function machineTold(world: World): object {
  const env = Object.entries(world.env).filter(([name]) =>
    /^(?:DOCKER_|COMPOSE_|BUILDKIT_|BUILDX_)|_PROXY$|^PATH$|^XDG_RUNTIME_DIR$/i.test(name),
  );
  return { machine: world.machine, hostName: world.hostName, node: process.version, env: Object.fromEntries(env) };
}

function filesTold(world: World): readonly { path: string; about: string; text?: string; json?: unknown }[] {
  const config = `${configFolder(world)}/config.json`;
  const plain = [
    ['os-release', 'which system', '/etc/os-release'],
    ['limits', 'limits of this shell', '/proc/self/limits'],
    ['cgroups', 'controllers of the kernel', '/proc/cgroups'],
    ['cgroup-v2', 'controllers of cgroup v2', '/sys/fs/cgroup/cgroup.controllers'],
  ] as const;
  return [
    ...[
      ['docker-config.json', 'the docker config', config] as const,
      ['daemon.json', 'the engine’s settings', '/etc/docker/daemon.json'] as const,
    ].flatMap(([path, about, file]) => {
      const text = world.text(file);
      return text === undefined ? [] : [{ path, about, json: readAs(text) }];
    }),
    ...plain.flatMap(([path, about, file]) => {
      const text = world.text(file);
      return text === undefined ? [] : [{ path: `${path}.txt`, about, text }];
    }),
  ];
}

/** What is not JSON may hold a secret anywhere. */
function readAs(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return 'it is not JSON, and is left out';
  }
}

async function programsTold(world: World): Promise<readonly { path: string; about: string; text: string }[]> {
  if (world.machine.platform !== 'linux') return [];
  const journal = world.machine.systemd
    ? await world.run('journalctl', ['-u', 'docker', '-n', '100', '--no-pager'])
    : undefined;
  const rules = await world.run('iptables', ['-w', '1', '-S', 'FORWARD']);
  return [
    ...(journal?.code === 0 ? [{ path: 'journal.txt', about: 'the engine’s last words', text: journal.stdout }] : []),
    ...(rules?.code === 0 ? [{ path: 'firewall.txt', about: 'rules of the chain FORWARD', text: rules.stdout }] : []),
  ];
}

/** Of this machine, of the engine’s, and of those that its settings name. */
function hostNames(world: World, engine: Told): readonly string[] {
  const info = objectIn(engine.get('info')?.[1]);
  const { IndexConfigs: indexes, Mirrors: mirrors } = objectIn(info['RegistryConfig']);
  const registries = [...Object.keys(objectIn(indexes)), ...(Array.isArray(mirrors) ? mirrors.map(scalar) : [])];
  return [
    world.hostName,
    world.hostName.replace(/\..*$/, ''),
    scalar(info['Name']),
    scalar(objectIn(info['Swarm'])['NodeAddr']),
    ...registries
      .filter((name) => name !== 'docker.io')
      .map((name) => name.replace(/^https?:\/\//, '').replace(/[:/].*$/, '')),
    addressHost(world),
  ];
}

function addressHost(world: World): string {
  try {
    const address = parseAddress(world.engine.endpoint().address);
    return isAddress(address) ? hostOf(address) : '';
  } catch {
    // no engine was chosen
    return '';
  }
}
