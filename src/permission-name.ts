/**
 * What a scenario needs leave for, as `requires.permissions` and `--allow` write it: a word, or `KIND:NAME`. Each has one
 * spelling (`image:web` is read as `image:web:latest`), so that two that mean the same are the same text. Pure.
 */
import { didYouMean } from './did-you-mean.ts';
import { cutImageName, isHub, isImageId, readImageName } from './image-name.ts';

/** The capabilities that Linux knows, each a part of what root may do. Source: capabilities(7). */
export const capabilities = [
  'AUDIT_CONTROL',
  'AUDIT_READ',
  'AUDIT_WRITE',
  'BLOCK_SUSPEND',
  'BPF',
  'CHECKPOINT_RESTORE',
  'CHOWN',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'FOWNER',
  'FSETID',
  'IPC_LOCK',
  'IPC_OWNER',
  'KILL',
  'LEASE',
  'LINUX_IMMUTABLE',
  'MAC_ADMIN',
  'MAC_OVERRIDE',
  'MKNOD',
  'NET_ADMIN',
  'NET_BIND_SERVICE',
  'NET_BROADCAST',
  'NET_RAW',
  'PERFMON',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYSLOG',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_CHROOT',
  'SYS_MODULE',
  'SYS_NICE',
  'SYS_PACCT',
  'SYS_PTRACE',
  'SYS_RAWIO',
  'SYS_RESOURCE',
  'SYS_TIME',
  'SYS_TTY_CONFIG',
  'WAKE_ALARM',
] as const;

export type Capability = (typeof capabilities)[number];

/** The engine takes `cap_net_admin`, `CAP_NET_ADMIN` and `NET_ADMIN` for one. */
export function capabilityName(written: string): string {
  return written.toUpperCase().replace(/^CAP_/, '');
}

/** @returns undefined for one that Linux does not have */
export function readCapability(written: string): Capability | undefined {
  const name = capabilityName(written);
  return capabilities.find((one) => one === name);
}

/** Rights that name nothing. */
export const rights = ['host-network', 'bind-outside-workspace', 'privileged', 'engine-socket', 'swarm-init'] as const;

/** What is named: a thing of the user's, a place to send to or ask, a part of the engine. */
export const namedKinds = [
  'container',
  'volume',
  'network',
  'image',
  'service',
  'secret',
  'config',
  'registry',
  'address',
  'capability',
  'log-driver',
  'runtime',
  'driver',
] as const;

export type Right = (typeof rights)[number];
export type NamedKind = (typeof namedKinds)[number];
export type Permission = Right | `${NamedKind}:${string}`;

/** Characters: as much as somebody reads before a yes. */
const longest = 255;

const thing = '[a-zA-Z0-9][a-zA-Z0-9_.-]*';
const part = '[a-zA-Z0-9][a-zA-Z0-9_.:/@-]*';
const host = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\\[[0-9a-fA-F:.]+\\])';

interface NameForm {
  /** A regular expression for the whole name. No form has a sign that a shell or a terminal would act on. */
  readonly form: string;
  readonly example: string;
}

const forms: Readonly<Record<NamedKind, NameForm>> = {
  container: { form: thing, example: 'container:my-db' },
  volume: { form: thing, example: 'volume:my-data' },
  network: { form: thing, example: 'network:my-net' },
  image: { form: `(?:\\[[0-9a-fA-F:]+\\]:)?${part}`, example: 'image:mine/app:1' },
  service: { form: thing, example: 'service:web' },
  secret: { form: thing, example: 'secret:my-password' },
  config: { form: thing, example: 'config:my-settings' },
  registry: { form: `${host}(?::[0-9]{1,5})?`, example: 'registry:ghcr.io' },
  address: { form: `${host}:[0-9]{1,5}`, example: 'address:10.0.0.5:80' },
  capability: { form: `(?:CAP_)?(?:${capabilities.join('|')})`, example: 'capability:NET_ADMIN' },
  'log-driver': { form: part, example: 'log-driver:syslog' },
  runtime: { form: part, example: 'runtime:crun' },
  driver: { form: part, example: 'driver:vieux/sshfs' },
};

/** @returns undefined where it is none, or names nothing */
export function readPermission(text: string): Permission | undefined {
  const right = rights.find((one) => one === text);
  if (right !== undefined) return right;
  const { kind, name } = cut(text);
  return kind === undefined || !isName(kind, name) || text.length > longest ? undefined : permissionFor(kind, name);
}

/** What is wrong with a text that is none, and the one that was meant where it is near. */
export function whyNoPermission(text: string): string {
  const { kind, name, written } = cut(text);
  if (text.length > longest) return `a permission has ${String(longest)} characters at the most`;
  if (kind !== undefined) {
    const { example } = forms[kind];
    if (name === '') return `a permission for a ${kind} names it: ${example}`;
    const near = kind === 'capability' ? didYouMean(capabilityName(name), capabilities) : undefined;
    return `"${name}" names no ${kind}; ${near === undefined ? `write it as in ${example}` : `did you mean capability:${near}?`}`;
  }
  const near = didYouMean(written, [...rights, ...namedKinds]);
  const meant = namedKinds.find((one) => one === near);
  const hint =
    near === undefined
      ? `one is ${rights.join(', ')}, or names what is used: ${forms.container.example}`
      : `did you mean ${meant === undefined ? near : `${meant}:${name === '' ? 'NAME' : name}`}?`;
  return `"${text}" is no permission; ${hint}`;
}

/** A regular expression, for editors, of what `readPermission` takes. @param other what may stand in place of any name */
export function permissionForm(other: string): string {
  const named = namedKinds.map((kind) => `${kind}:(?:${forms[kind].form})`);
  return `^(?:${[...rights, ...named, `(?:${namedKinds.join('|')}):${other}`].join('|')})$`;
}

/** One of this kind, for messages and pages. */
export function permissionExample(kind: NamedKind): Permission {
  return permissionFor(kind, cut(forms[kind].example).name);
}

/** In the one spelling. */
export function permissionFor(kind: NamedKind, name: string): Permission {
  return `${kind}:${spelled(kind, name)}`;
}

/** A permission that names something, in its parts. */
export function namedBy(permission: Permission): { readonly kind: NamedKind; readonly name: string } | undefined {
  const { kind, name } = cut(permission);
  return kind && { kind, name };
}

function cut(text: string): { readonly kind: NamedKind | undefined; readonly name: string; readonly written: string } {
  const colon = text.indexOf(':');
  const written = colon === -1 ? text : text.slice(0, colon);
  return {
    written,
    kind: namedKinds.find((one) => one === written),
    name: colon === -1 ? '' : text.slice(colon + 1),
  };
}

function isName(kind: NamedKind, name: string): boolean {
  if (!new RegExp(`^(?:${forms[kind].form})$`).test(name)) return false;
  switch (kind) {
    case 'image':
      return isImageId(name) || 'full' in readImageName(name);
    case 'registry':
    case 'address':
      return isPort(/:(\d+)$/.exec(name)?.[1]);
    case 'capability':
      return readCapability(name) !== undefined;
    case 'container':
    case 'volume':
    case 'network':
    case 'service':
    case 'secret':
    case 'config':
    case 'log-driver':
    case 'runtime':
    case 'driver':
      return true;
  }
}

function isPort(digits: string | undefined): boolean {
  return digits === undefined || (Number(digits) >= 1 && Number(digits) <= 65_535);
}

function spelled(kind: NamedKind, name: string): string {
  switch (kind) {
    case 'image':
      return isImageId(name) ? name.replace(/^sha256:/, '') : cutImageName(name).familiarFull;
    case 'capability':
      return capabilityName(name);
    case 'registry':
      return isHub(name.toLowerCase()) ? 'docker.io' : name.toLowerCase();
    case 'address':
      return name.toLowerCase();
    case 'container':
    case 'volume':
    case 'network':
    case 'service':
    case 'secret':
    case 'config':
    case 'log-driver':
    case 'runtime':
    case 'driver':
      return name;
  }
}
