/** What a container expectation can say, field by field, against GET /containers/{id}/json. Pure. */
import type { ContainerFields } from '../../scenario/expectation.ts';
import { canonical, isIdOf, looksLikeImageId } from '../../image-name.ts';
import { amountWords, matchesAmount, memoryBytes } from './amount.ts';
import type { Facets } from './facets.ts';
import { labelsFacet } from './labels.ts';
import { listWords, pairWords } from './lists.ts';
import { publishedBy, publishWords, samePorts } from '../ask/published-ports.ts';

/** The part of the engine's answer that is read. */
export interface ContainerSeen {
  readonly Id: string;
  readonly Name?: string;
  readonly Image?: string;
  readonly RestartCount?: number;
  readonly State?: {
    readonly Status?: string;
    readonly StartedAt?: string;
    readonly ExitCode?: number;
    readonly OOMKilled?: boolean;
    readonly Error?: string;
    readonly Health?: {
      readonly Status?: string;
      readonly Log?: readonly { readonly Output?: string }[] | null;
    } | null;
  };
  readonly Config?: {
    readonly Image?: string;
    readonly Entrypoint?: readonly string[] | string | null;
    readonly Cmd?: readonly string[] | null;
    readonly Env?: readonly string[] | null;
    readonly User?: string;
    readonly Tty?: boolean;
    readonly Labels?: Readonly<Record<string, string>> | null;
  };
  readonly HostConfig?: {
    readonly RestartPolicy?: { readonly Name?: string };
    readonly Memory?: number;
    readonly NanoCpus?: number;
    readonly CpuQuota?: number;
    readonly CpuPeriod?: number;
    readonly PidsLimit?: number | null;
    readonly PortBindings?: PortMap | null;
  };
  readonly Mounts?: readonly {
    readonly Type?: string;
    readonly Name?: string;
    readonly Source?: string;
    readonly Destination?: string;
    readonly RW?: boolean;
  }[];
  readonly NetworkSettings?: {
    readonly Networks?: Readonly<Record<string, { readonly IPAddress?: string } | null>> | null;
    readonly Ports?: PortMap | null;
  };
}

export type PortMap = Readonly<
  Record<string, readonly { readonly HostIp?: string; readonly HostPort?: string }[] | null>
>;

type Mount = NonNullable<ContainerFields['mounts']>[number];

const states = {
  created: 'is created, and not started',
  running: 'is running',
  paused: 'is paused',
  restarting: 'is restarting',
  exited: 'has exited',
  dead: 'is dead',
};

export const containerFacets: Facets<ContainerFields, ContainerSeen> = {
  state: {
    says: (state) => states[state],
    expects: (state) => `state: ${state}`,
    sees: ({ State }) => stateWords(State),
    holds: ({ State }, state) => State?.Status === state,
  },
  exitCode: {
    says: (code) => `ended with code ${code}`,
    expects: (code) => `exit code: ${code}`,
    sees: ({ State }) => (hasEnded(State) ? `exit code: ${State?.ExitCode}` : stateWords(State)),
    holds: ({ State }, code) => hasEnded(State) && State?.ExitCode === code,
  },
  oomKilled: {
    says: (killed) => (killed ? 'was ended for want of memory' : 'was not ended for want of memory'),
    expects: (killed) => `ended for want of memory: ${yesNo(killed)}`,
    sees: ({ State }) => `ended for want of memory: ${yesNo(State?.OOMKilled ?? false)}`,
    holds: ({ State }, killed) => (State?.OOMKilled ?? false) === killed,
  },
  health: {
    says: (health) =>
      health === 'none'
        ? 'has no health check'
        : health === 'starting'
          ? 'is still waiting for its health check'
          : `is ${health}`,
    expects: (health) => `health: ${health}`,
    sees: (seen) => `health: ${healthOf(seen)}`,
    holds: (seen, health) => healthOf(seen) === health,
  },
  image: {
    says: (image) => `was made from ${image}`,
    expects: (image) => `image: ${image}`,
    sees: ({ Config }) => `image: ${Config?.Image ?? 'none'}`,
    holds: ({ Config, Image }, image) =>
      canonical(Config?.Image ?? '') === canonical(image) || (looksLikeImageId(image) && isIdOf(image, Image ?? '')),
  },
  command: {
    says: (command) => `runs ${line(command)}`,
    expects: (command) => `command: ${line(command)}`,
    sees: (seen) => `command: ${line(commandOf(seen))}`,
    holds: (seen, command) =>
      typeof command === 'string' ? line(commandOf(seen)) === command.trim() : sameList(commandOf(seen), command),
  },
  env: {
    says: (env) => `has ${pairWords(env)} in its environment`,
    expects: (env) => `environment: ${pairWords(env)}`,
    sees: ({ Config }, env) =>
      `environment: ${listWords((Config?.Env ?? []).filter((one) => (one.split('=')[0] ?? '') in env))}`,
    holds: ({ Config }, env) =>
      Object.entries(env).every(([name, value]) => (Config?.Env ?? []).includes(`${name}=${value}`)),
  },
  ports: {
    says: (ports) =>
      ports.length === 0 ? 'publishes no port on the host' : `publishes ${listWords(ports.map(String))}`,
    expects: (ports) => `ports: ${listWords(ports.map(String))}`,
    sees: (seen) => `ports: ${listWords(publishedBy(seen).map(publishWords))}`,
    holds: (seen, ports) => samePorts(publishedBy(seen), ports),
  },
  mounts: {
    says: (mounts) => `has ${listWords(mounts.map(mountWords))}`,
    expects: (mounts) => `mounts: ${listWords(mounts.map(mountWords))}`,
    sees: ({ Mounts }) =>
      `mounts: ${listWords((Mounts ?? []).map((one) => `${one.Name ?? one.Source ?? one.Type ?? ''} at ${one.Destination}${one.RW === false ? ' (read-only)' : ''}`))}`,
    holds: (seen, mounts) => mounts.every((mount) => hasMount(seen, mount)),
  },
  network: {
    says: (network) => `is on ${network}`,
    expects: (network) => `networks: ${network}, perhaps among others`,
    sees: (seen) => networkWords(networksOf(seen)),
    holds: (seen, network) => networksOf(seen).includes(network),
  },
  networks: {
    says: (networks) =>
      networks.length === 0 ? 'is on no network of its own' : `is on ${listWords(networks)}, and only there`,
    expects: networkWords,
    sees: (seen) => networkWords(networksOf(seen)),
    holds: (seen, networks) => sameList(networksOf(seen).toSorted(), networks.toSorted()),
  },
  restartPolicy: {
    says: (policy) => `has the restart policy ${policy}`,
    expects: (policy) => `restart policy: ${policy}`,
    sees: (seen) => `restart policy: ${policyOf(seen)}`,
    holds: (seen, policy) => policyOf(seen) === policy,
  },
  restarts: {
    says: (amount) => `was started again ${amountWords(amount)} times`,
    expects: (amount) => `restarts: ${amountWords(amount)}`,
    sees: ({ RestartCount }) => `restarts: ${RestartCount ?? 0}`,
    holds: ({ RestartCount }, amount) => matchesAmount(RestartCount ?? 0, amount),
  },
  user: {
    says: (user) => `runs as ${user}`,
    expects: (user) => `user: ${user}`,
    sees: ({ Config }) => `user: ${(Config?.User ?? '') || 'root, as none is set'}`,
    holds: ({ Config }, user) => (Config?.User ?? '') === String(user),
  },
  memory: {
    says: (memory) => `may use ${memory} of memory`,
    expects: (memory) => `memory limit: ${memory}`,
    sees: ({ HostConfig }) => `memory limit: ${HostConfig?.Memory ? `${HostConfig.Memory} bytes` : 'none'}`,
    holds: ({ HostConfig }, memory) => HostConfig?.Memory === memoryBytes(memory),
  },
  cpus: {
    says: (cpus) => `may use ${cpus} of the processors`,
    expects: (cpus) => `CPU limit: ${cpus}`,
    sees: (seen) => `CPU limit: ${cpusOf(seen) || 'none'}`,
    holds: (seen, cpus) => cpusOf(seen) === cpus,
  },
  pids: {
    says: (pids) => `may have ${pids} processes`,
    expects: (pids) => `process limit: ${pids}`,
    sees: ({ HostConfig }) => `process limit: ${(HostConfig?.PidsLimit ?? 0) || 'none'}`,
    holds: ({ HostConfig }, pids) => HostConfig?.PidsLimit === pids,
  },
  labels: labelsFacet(({ Config }) => Config?.Labels),
};

export function stateWords(state: ContainerSeen['State']): string {
  const code = state?.Status === 'exited' ? `, exit code: ${state.ExitCode}` : '';
  return `state: ${state?.Status ?? 'unknown'}${code}`;
}

function hasEnded(state: ContainerSeen['State']): boolean {
  return state?.Status === 'exited' || state?.Status === 'dead';
}

function healthOf({ State }: ContainerSeen): string {
  return (State?.Health?.Status ?? '') || 'none';
}

function commandOf({ Config }: ContainerSeen): readonly string[] {
  const entry = Config?.Entrypoint ?? [];
  return [...(typeof entry === 'string' ? [entry] : entry), ...(Config?.Cmd ?? [])];
}

function networksOf({ NetworkSettings }: ContainerSeen): readonly string[] {
  return Object.keys(NetworkSettings?.Networks ?? {});
}

/** `none` is the name of a network, and would not tell that there is none. */
function networkWords(names: readonly string[]): string {
  return names.length === 0 ? 'on no network of its own' : `networks: ${listWords(names)}`;
}

function policyOf({ HostConfig }: ContainerSeen): string {
  return (HostConfig?.RestartPolicy?.Name ?? '') || 'no';
}

function cpusOf({ HostConfig }: ContainerSeen): number {
  if (HostConfig?.NanoCpus) return HostConfig.NanoCpus / 1e9;
  return HostConfig?.CpuQuota ? HostConfig.CpuQuota / ((HostConfig.CpuPeriod ?? 0) || 100_000) : 0;
}

function hasMount({ Mounts }: ContainerSeen, { target, type, source, readOnly }: Mount): boolean {
  return (Mounts ?? []).some(
    (mount) =>
      mount.Destination === target &&
      (type === undefined || mount.Type === type) &&
      (source === undefined || mount.Name === source || mount.Source === source) &&
      (readOnly === undefined || mount.RW === !readOnly),
  );
}

function mountWords({ target, type, source, readOnly }: Mount): string {
  const what = source ?? (type === undefined ? 'a mount' : `a ${type} mount`);
  return `${what} at ${target}${readOnly === true ? ' (read-only)' : readOnly === false ? ' (writable)' : ''}`;
}

function line(command: string | readonly string[]): string {
  return typeof command === 'string' ? command : command.join(' ');
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
