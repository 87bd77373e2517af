/** The Server part of docker info, line by line (docker/cli, cli/command/system/info.go). */
import { swarmLines } from './info-swarm.ts';
import type { SwarmInfo } from './info-swarm.ts';
import { binarySize } from '../../size.ts';

/** GET /info (Engine API, SystemInfo), as far as it is printed. */
export interface EngineInfo {
  readonly Containers?: number;
  readonly ContainersRunning?: number;
  readonly ContainersPaused?: number;
  readonly ContainersStopped?: number;
  readonly Images?: number;
  readonly ServerVersion?: string;
  readonly Driver?: string;
  readonly DriverStatus?: readonly (readonly [string, string])[] | null;
  readonly LoggingDriver?: string;
  readonly CgroupDriver?: string;
  readonly CgroupVersion?: string;
  readonly Plugins?: Readonly<
    Record<'Volume' | 'Network' | 'Authorization' | 'Log', readonly string[] | null | undefined>
  >;
  readonly CDISpecDirs?: readonly string[] | null;
  readonly Swarm?: SwarmInfo;
  readonly Runtimes?: Readonly<Record<string, unknown>> | null;
  readonly DefaultRuntime?: string;
  readonly InitBinary?: string;
  readonly ContainerdCommit?: { readonly ID: string };
  readonly RuncCommit?: { readonly ID: string };
  readonly InitCommit?: { readonly ID: string };
  readonly SecurityOptions?: readonly string[] | null;
  readonly Isolation?: string;
  readonly KernelVersion?: string;
  readonly OperatingSystem?: string;
  readonly OSType?: string;
  readonly Architecture?: string;
  readonly NCPU?: number;
  readonly MemTotal?: number;
  readonly Name?: string;
  readonly ID?: string;
  readonly DockerRootDir?: string;
  readonly Debug?: boolean;
  readonly NFd?: number;
  readonly NGoroutines?: number;
  readonly SystemTime?: string;
  readonly NEventsListener?: number;
  readonly HttpProxy?: string;
  readonly HttpsProxy?: string;
  readonly NoProxy?: string;
  readonly Labels?: readonly string[] | null;
  readonly ExperimentalBuild?: boolean;
  readonly RegistryConfig?: RegistryConfig | null;
  readonly LiveRestoreEnabled?: boolean;
  readonly ProductLicense?: string;
  readonly DefaultAddressPools?: readonly { readonly Base: string; readonly Size: number }[] | null;
  readonly Warnings?: readonly string[] | null;
}

interface RegistryConfig {
  readonly InsecureRegistryCIDRs?: readonly string[] | null;
  readonly IndexConfigs?: Readonly<Record<string, { readonly Name: string; readonly Secure: boolean }>> | null;
  readonly Mirrors?: readonly string[] | null;
}

/** Each line ends with a newline. */
export function serverLines(info: EngineInfo): string {
  const lines = [
    ...countLines(info),
    ...storageLines(info),
    ...pluginLines(info),
    ...swarmLines(info.Swarm),
    ...runtimeLines(info),
    ...securityLines(info),
    ...machineLines(info),
    ...debugLines(info),
    ...networkLines(info),
    ...registryLines(info.RegistryConfig ?? {}),
    ` Live Restore Enabled: ${String(info.LiveRestoreEnabled ?? false)}`,
    ...filled(' Product License', info.ProductLicense),
    ...listed(
      ' Default Address Pools:',
      (info.DefaultAddressPools ?? []).map(({ Base, Size }) => `   Base: ${Base}, Size: ${String(Size)}`),
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function countLines(info: EngineInfo): readonly string[] {
  return [
    ` Containers: ${String(info.Containers ?? 0)}`,
    `  Running: ${String(info.ContainersRunning ?? 0)}`,
    `  Paused: ${String(info.ContainersPaused ?? 0)}`,
    `  Stopped: ${String(info.ContainersStopped ?? 0)}`,
    ` Images: ${String(info.Images ?? 0)}`,
    ...filled(' Server Version', info.ServerVersion),
  ];
}

function storageLines(info: EngineInfo): readonly string[] {
  return [
    ...filled(' Storage Driver', info.Driver),
    ...(info.DriverStatus ?? []).map(([key, value]) => `  ${key}: ${value}`),
    ...filled(' Logging Driver', info.LoggingDriver),
    ...filled(' Cgroup Driver', info.CgroupDriver),
    ...filled(' Cgroup Version', info.CgroupVersion),
  ];
}

function pluginLines({ Plugins, CDISpecDirs }: EngineInfo): readonly string[] {
  const names = (kind: 'Volume' | 'Network' | 'Authorization' | 'Log'): string => (Plugins?.[kind] ?? []).join(' ');
  return [
    ' Plugins:',
    `  Volume: ${names('Volume')}`,
    `  Network: ${names('Network')}`,
    ...filled('  Authorization', names('Authorization')),
    `  Log: ${names('Log')}`,
    ...listed(
      ' CDI spec directories:',
      (CDISpecDirs ?? []).map((folder) => `  ${folder}`),
    ),
  ];
}

function runtimeLines(info: EngineInfo): readonly string[] {
  const names = Object.keys(info.Runtimes ?? {}).sort();
  const runtimes =
    names.length === 0 ? [] : [` Runtimes: ${names.join(' ')}`, ` Default Runtime: ${info.DefaultRuntime ?? ''}`];
  if (info.OSType !== 'linux') return runtimes;
  return [
    ...runtimes,
    ` Init Binary: ${info.InitBinary ?? ''}`,
    ` containerd version: ${info.ContainerdCommit?.ID ?? ''}`,
    ` runc version: ${info.RuncCommit?.ID ?? ''}`,
    ` init version: ${info.InitCommit?.ID ?? ''}`,
  ];
}

/** `name=seccomp,profile=builtin` */
function securityLines({ OSType, SecurityOptions, Isolation = '' }: EngineInfo): readonly string[] {
  if (OSType === 'windows') return [` Default Isolation: ${Isolation}`];
  if (OSType !== 'linux') return [];
  const lines = (SecurityOptions ?? []).flatMap((option) => {
    const pairs = option.split(',').map((pair) => pair.split('='));
    const valueOf = (key: string): readonly string[] =>
      pairs.filter(([name]) => name === key).map(([, value = '']) => value);
    const name = valueOf('name')[0] ?? option;
    return [`  ${name}`, ...valueOf('profile').map((profile) => `   Profile: ${profile}`)];
  });
  return listed(' Security Options:', lines);
}

function machineLines(info: EngineInfo): readonly string[] {
  return [
    ...filled(' Kernel Version', info.KernelVersion),
    ...filled(' Operating System', info.OperatingSystem),
    ...filled(' OSType', info.OSType),
    ...filled(' Architecture', info.Architecture),
    ` CPUs: ${String(info.NCPU ?? 0)}`,
    ` Total Memory: ${binarySize(info.MemTotal ?? 0)}`,
    ...filled(' Name', info.Name),
    ...filled(' ID', info.ID),
    ` Docker Root Dir: ${info.DockerRootDir ?? ''}`,
    ` Debug Mode: ${String(info.Debug ?? false)}`,
  ];
}

function debugLines(info: EngineInfo): readonly string[] {
  if (!info.Debug) return [];
  return [
    `  File Descriptors: ${String(info.NFd ?? 0)}`,
    `  Goroutines: ${String(info.NGoroutines ?? 0)}`,
    `  System Time: ${info.SystemTime ?? ''}`,
    `  EventsListeners: ${String(info.NEventsListener ?? 0)}`,
  ];
}

function networkLines(info: EngineInfo): readonly string[] {
  return [
    ...filled(' HTTP Proxy', info.HttpProxy),
    ...filled(' HTTPS Proxy', info.HttpsProxy),
    ...filled(' No Proxy', info.NoProxy),
    ...listed(
      ' Labels:',
      (info.Labels ?? []).map((label) => `  ${label}`),
    ),
    ` Experimental: ${String(info.ExperimentalBuild ?? false)}`,
  ];
}

function registryLines({ InsecureRegistryCIDRs, IndexConfigs, Mirrors }: RegistryConfig): readonly string[] {
  const indexes = Object.values(IndexConfigs ?? {});
  const insecure = [
    ...indexes.filter(({ Secure }) => !Secure).map(({ Name }) => Name),
    ...(InsecureRegistryCIDRs ?? []),
  ];
  return [
    ...(indexes.length > 0 || insecure.length > 0
      ? [' Insecure Registries:', ...insecure.map((name) => `  ${name}`)]
      : []),
    ...listed(
      ' Registry Mirrors:',
      (Mirrors ?? []).map((mirror) => `  ${mirror}`),
    ),
  ];
}

function filled(name: string, value: string | undefined): readonly string[] {
  return value === undefined || value === '' ? [] : [`${name}: ${value}`];
}

function listed(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, ...lines];
}
