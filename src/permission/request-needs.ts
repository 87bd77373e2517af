/** What a request to the engine reaches for beyond the run's own objects and workspace. */
import { dirname, resolve } from 'node:path';
import { readVolume } from '../command/values/volume.ts';
import { bindsFolder } from '../api/host-paths.ts';
import { endpointOf, unknownRequest } from '../api/endpoints/endpoint-of.ts';
import type { Json, JsonObject, Request } from '../api/request.ts';
import { objectIn } from '../api/json-parts.ts';
import { isInWorkspace } from './workspace-limits.ts';
import type { Need, WorkspaceView } from './workspace-limits.ts';

/** @throws Failure for a request that is none of the API's */
export function needsOfRequest(request: Request, place: WorkspaceView): readonly Need[] {
  const endpoint = endpointOf(request);
  if (!endpoint) throw unknownRequest(request);
  const { body = {}, query } = request;
  switch (endpoint.needs) {
    case 'none':
      return [];
    case 'container':
      return needsOfHost(objectIn(body['HostConfig']), place);
    case 'exec':
      return when(body['Privileged'] === true, privileged('runs a command with every right'));
    case 'service':
      return needsOfService(body, place);
    case 'volume':
      return needsOfVolume(objectIn(body['DriverOpts']), place);
    case 'network':
      return needsOfDriver(body['Driver']);
    case 'network-member':
      return when(endpoint.name === 'host', hostNetwork);
    case 'build':
      return when(query?.['networkmode'] === 'host', hostNetwork);
    case 'swarm-init':
      return [{ permission: 'swarm-init', what: 'makes this engine a swarm manager' }];
    case 'swarm-join':
      return [{ permission: 'swarm-init', what: 'lets this engine join a swarm' }];
  }
}

const hostNetwork: Need = { permission: 'host-network', what: 'uses the network of the engine’s machine itself' };

function privileged(what: string): Need {
  return { permission: 'privileged', what };
}

/** With one of these a process can take over the machine, or look into what is not its own. Source: capabilities(7). */
const strongCapabilities = new Set([
  'ALL',
  'BPF',
  'DAC_READ_SEARCH',
  'MAC_ADMIN',
  'MAC_OVERRIDE',
  'PERFMON',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_MODULE',
  'SYS_PTRACE',
  'SYS_RAWIO',
  'SYS_TIME',
  'SYSLOG',
]);

const namespaces = {
  PidMode: 'processes',
  IpcMode: 'shared memory',
  UTSMode: 'name',
  UsernsMode: 'users',
  CgroupnsMode: 'control groups',
};

function needsOfHost(host: JsonObject, place: WorkspaceView): readonly Need[] {
  const shared = Object.entries(namespaces).filter(([key]) => host[key] === 'host');
  const devices = [...listIn(host['Devices']), ...listIn(host['DeviceRequests']), ...listIn(host['DeviceCgroupRules'])];
  return [
    ...when(host['NetworkMode'] === 'host', hostNetwork),
    ...when(host['Privileged'] === true, privileged('has every right on the engine’s machine (--privileged)')),
    ...shared.map(([, what]) => privileged(`shares the ${what} of the engine’s machine`)),
    ...when(devices.length > 0, privileged('uses devices of the engine’s machine')),
    ...needsOfCapabilities(host['CapAdd']),
    ...needsOfSecurity(host),
    ...listIn(host['Binds']).flatMap((bind) => needsOfBind(textOf(bind), place)),
    ...needsOfMounts(host['Mounts'], place),
  ];
}

function needsOfCapabilities(added: Json | undefined): readonly Need[] {
  const strong = listIn(added)
    .map((name) => textOf(name).toUpperCase().replace(/^CAP_/, ''))
    .filter((name) => strongCapabilities.has(name));
  return strong.map((name) => privileged(`has the capability ${name}`));
}

/** `systempaths=unconfined` arrives as empty lists of paths. */
function needsOfSecurity(host: JsonObject): readonly Need[] {
  const off = listIn(host['SecurityOpt'])
    .map(textOf)
    .filter((option) => /[=:](?:unconfined|disable)$/.test(option));
  const unmasked = [host['MaskedPaths'], host['ReadonlyPaths']].some(
    (paths) => Array.isArray(paths) && paths.length === 0,
  );
  return [
    ...off.map((option) => privileged(`switches a protection off (${option})`)),
    ...when(unmasked, privileged('sees the parts of /proc that are hidden from containers')),
  ];
}

function needsOfService(body: JsonObject, place: WorkspaceView): readonly Need[] {
  const task = objectIn(body['TaskTemplate']);
  const spec = objectIn(task['ContainerSpec']);
  const networks = [...listIn(task['Networks']), ...listIn(body['Networks'])];
  const { Seccomp, AppArmor } = objectIn(spec['Privileges']);
  const unconfined = objectIn(Seccomp)['Mode'] === 'unconfined' || objectIn(AppArmor)['Mode'] === 'disabled';
  return [
    ...when(
      networks.some((network) => objectIn(network)['Target'] === 'host'),
      hostNetwork,
    ),
    ...needsOfCapabilities(spec['CapabilityAdd']),
    ...when(unconfined, privileged('switches a protection off')),
    ...needsOfMounts(spec['Mounts'], place),
  ];
}

function needsOfMounts(mounts: Json | undefined, place: WorkspaceView): readonly Need[] {
  return listIn(mounts).flatMap((one) => {
    const mount = objectIn(one);
    const source = textOf(mount['Source']);
    if (mount['Type'] === 'bind') return needsOfSource(source, place);
    if (mount['Type'] === 'npipe') return [socket(source)];
    const driver = objectIn(objectIn(mount['VolumeOptions'])['DriverConfig']);
    return needsOfVolume(objectIn(driver['Options']), place);
  });
}

function needsOfBind(bind: string, place: WorkspaceView): readonly Need[] {
  const { type, source = '' } = readVolume(bind);
  return type === 'bind' ? needsOfSource(source, place) : [];
}

/** The driver `local` mounts what its options say: with `o=bind`, a folder of the machine, whatever its type; with a disk, all that is on it. */
function needsOfVolume(options: JsonObject, place: WorkspaceView): readonly Need[] {
  const { type, device, o } = options;
  if (device === undefined) return [];
  const isElsewhere = type === 'tmpfs' || /^(?:nfs\d?|cifs)$/.test(textOf(type));
  if (isElsewhere && !bindsFolder(o)) return [];
  return bindsFolder(o) || type === 'none'
    ? needsOfSource(textOf(device), place)
    : [privileged(`mounts the device ${textOf(device)} of the engine’s machine`)];
}

function needsOfDriver(driver: Json | undefined): readonly Need[] {
  return when(driver === 'macvlan' || driver === 'ipvlan' || driver === 'host', {
    permission: 'host-network',
    what: `puts containers on the network of the engine’s machine (${textOf(driver)})`,
  });
}

const sockets = [
  '/var/run/docker.sock',
  '/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/podman/podman.sock',
];

function needsOfSource(source: string, place: WorkspaceView): readonly Need[] {
  const path = place.real(resolve(place.workspace, source));
  if (/\.sock$/.test(path) && /(?:docker|containerd|podman|crio)[^/]*\.sock$/.test(path)) return [socket(source)];
  const holdsSocket = sockets.some((one) => isAbove(path, one));
  return [
    ...when(holdsSocket, socket(source)),
    ...when(!isInWorkspace(source, place), {
      permission: 'bind-outside-workspace',
      what: `mounts ${source} of the engine’s machine`,
    }),
  ];
}

function socket(source: string): Need {
  return { permission: 'engine-socket', what: `hands the engine’s socket to a container (${source})` };
}

function isAbove(folder: string, path: string): boolean {
  for (let above = dirname(path); ; above = dirname(above)) {
    if (above === folder) return true;
    if (above === dirname(above)) return false;
  }
}

function when(holds: boolean, need: Need): readonly Need[] {
  return holds ? [need] : [];
}

function listIn(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
