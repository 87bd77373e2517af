/** The addresses of engines, as docker writes them. Pure. */
import { Buffer } from 'node:buffer';

export type Address =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'pipe'; readonly path: string }
  /** `prefix`: a path before the API's, without a slash at its end; usually empty. */
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly prefix: string }
  /** `target` is what ssh is given: the host, or user@host. `path` is the socket over there; absent: docker there knows. */
  | {
      readonly kind: 'ssh';
      readonly target: string;
      readonly host: string;
      readonly port?: number;
      readonly path?: string;
    };

export type SshAddress = Extract<Address, { kind: 'ssh' }>;

/** What is wrong with an address, as the end of a sentence, and what was probably meant. */
export interface AddressProblem {
  readonly wrong: string;
  readonly instead?: string;
}

const defaultTcpPort = 2375;
/** sun_path of unix(7), without its closing zero byte. */
const longestSocketPath = 107;
const remoteSocket = '/var/run/docker.sock';

/** Reads an address; a missing part is filled as the docker CLI fills it (`tcp://` is localhost:2375). */
export function parseAddress(text: string): Address | AddressProblem {
  const trimmed = text.trim();
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(trimmed) ?? [];
  if (scheme === undefined || rest === undefined) return parseBare(trimmed);
  const small = scheme.toLowerCase();
  if (small !== scheme && ['unix', 'npipe', 'tcp'].includes(small))
    return { wrong: `docker writes ${small}:// in small letters`, instead: `${small}://${rest}` };
  switch (small) {
    case 'unix':
      return socketAt(rest === '' ? remoteSocket : rest);
    case 'npipe':
      return { kind: 'pipe', path: rest === '' ? '//./pipe/docker_engine' : rest };
    case 'tcp':
      return parseTcp(rest);
    case 'ssh':
      return parseSsh(rest);
    case 'http':
    case 'https':
      return { wrong: `${scheme}:// is written tcp:// here`, instead: `tcp://${rest.replace(/\/+$/, '')}` };
    case 'fd':
      return {
        wrong: 'fd:// is where dockerd listens when systemd starts it, and nothing that can be asked',
        instead: `unix://${remoteSocket}`,
      };
    default:
      return { wrong: `${scheme}:// is not a way to reach an engine` };
  }
}

export function isAddress(parsed: Address | AddressProblem): parsed is Address {
  return 'kind' in parsed;
}

function socketAt(path: string): Address | AddressProblem {
  if (!path.startsWith('/')) return { wrong: 'a third slash belongs before the path', instead: `unix:///${path}` };
  if (/[^/]\/+$/.test(path))
    return { wrong: 'a socket has no slash at its end', instead: `unix://${path.replace(/\/+$/, '')}` };
  if (path.includes('\0')) return { wrong: 'the path has a zero byte in it' };
  const length = Buffer.byteLength(path);
  // Node cuts a longer one off without a word, and may so reach another socket
  if (length > longestSocketPath)
    return { wrong: `the path is ${String(length)} bytes long, and a socket’s may have ${String(longestSocketPath)}` };
  return { kind: 'socket', path };
}

/** Without a scheme docker means tcp; a path there is always a slip. */
function parseBare(text: string): Address | AddressProblem {
  if (text === '') return { wrong: 'it is empty' };
  if (/^[/~.]/.test(text)) return { wrong: 'a path needs unix:// in front', instead: `unix://${text}` };
  const [, scheme, path] = /^(unix|tcp|ssh|npipe|https?|fd):\/?(?!\/)(.*)$/i.exec(text) ?? [];
  if (scheme !== undefined && !/^\d+$/.test(path ?? '')) {
    const begin = scheme.toLowerCase() === 'unix' ? '/' : '';
    return { wrong: `two slashes belong after ${scheme}:`, instead: `${scheme}://${begin}${path ?? ''}` };
  }
  return parseTcp(text);
}

function parseTcp(rest: string): Address | AddressProblem {
  const parts = splitHost(rest, 'localhost');
  if ('wrong' in parts) return parts;
  if (parts.user !== undefined) {
    // ssh has users, and no passwords
    const instead = parts.user.includes(':') ? `tcp://${rest.replace(/^[^@]*@/, '')}` : `ssh://${rest}`;
    return { wrong: 'tcp:// has no user in front of the host', instead };
  }
  return { kind: 'tcp', host: parts.host, port: parts.port ?? defaultTcpPort, prefix: parts.path.replace(/\/+$/, '') };
}

function parseSsh(rest: string): Address | AddressProblem {
  const parts = splitHost(rest, '');
  if ('wrong' in parts) return parts;
  if (parts.host === '') return { wrong: 'it names no host', instead: 'ssh://user@host' };
  if (parts.user?.includes(':')) return { wrong: 'a password does not belong into an address; ssh uses keys' };
  const path = parts.path.replace(/^\/+$/, '');
  const target = parts.user === undefined ? parts.host : `${parts.user}@${parts.host}`;
  return {
    kind: 'ssh',
    target,
    host: parts.host,
    ...(path !== '' && { path }),
    ...(parts.port !== undefined && { port: parts.port }),
  };
}

interface HostParts {
  readonly user?: string;
  readonly host: string;
  readonly port?: number;
  readonly path: string;
}

function splitHost(rest: string, otherwise: string): HostParts | AddressProblem {
  const authority = rest.replace(/\/.*$/, '');
  if (!authority.includes('[') && (authority.match(/:/g) ?? []).length > 1 && !authority.includes('@')) {
    return { wrong: 'an IPv6 address needs brackets', instead: `tcp://[${authority}]` };
  }
  const [whole, user, bracketed, plain = '', port, path = ''] =
    /^(?:([^@/]*)@)?(?:\[([^\]]*)\]|([^:/[\]]*))(?::([^/]*))?(\/.*)?$/.exec(rest) ?? [];
  if (whole === undefined) return { wrong: 'its host cannot be read' };
  const host = bracketed ?? (plain === '' ? otherwise : plain);
  // ssh would take a leading dash for one of its options
  if (host.startsWith('-') || user?.startsWith('-')) return { wrong: 'a host or user cannot begin with a dash' };
  if (/[^A-Za-z0-9._:%-]/.test(host)) return { wrong: `${JSON.stringify(host)} is not the name of a host` };
  if (port !== undefined && port !== '' && !isPort(port))
    return { wrong: `${JSON.stringify(port)} is not a port: a number from 1 to 65535` };
  return {
    host,
    path,
    ...(user !== undefined && { user }),
    ...(port !== undefined && port !== '' && { port: Number(port) }),
  };
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535;
}

/** The host that an engine is on, as its address names it: this machine for sockets and pipes. */
export function hostOf(address: Address): string {
  return address.kind === 'tcp' || address.kind === 'ssh' ? address.host : 'localhost';
}
