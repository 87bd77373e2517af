/**
 * Image names, by the one grammar there is: the `reference` package of the distribution project. Pure.
 *
 * A text that stands for an image may be a name or an id, and only the engine can tell which: it looks for a name first,
 * then for an image whose id begins so (moby, GetImage). What can be said without asking it:
 * - 64 hexadecimal digits, with or without `sha256:` before them, are an id: no image can be called so (`isImageId`);
 * - 12 digits or more look like an id as docker prints it, yet may be a name (`looksLikeImageId`);
 * - everything else is read as a name. Once the engine has found the image, `isIdOf` tells which of the two it was.
 */

export interface ImageName {
  /** `docker.io`, `localhost:5000` */
  readonly domain: string;
  /** `library/ubuntu` */
  readonly path: string;
  /** Absent where none was written. */
  readonly tag?: string;
  /** `sha256:…` */
  readonly digest?: string;
  /** `docker.io/library/ubuntu`: registry and path, the defaults written out. */
  readonly repository: string;
  /** All of it, with `latest` where neither tag nor digest was written: `docker.io/library/ubuntu:latest`. */
  readonly full: string;
  /** The one spelling under which journals and comparisons know an image: where there is a digest, the tag says nothing. */
  readonly canonical: string;
  /** `ubuntu` without tag and digest. */
  readonly familiarName: string;
  /** As docker shows it: `ubuntu`, `user/app:1`, without a default. */
  readonly familiar: string;
  /** The same with `latest` where neither tag nor digest was written: `ubuntu:latest`. */
  readonly familiarFull: string;
}

/** Why a text is no image name, and the part of it that is to blame. */
export interface Misnamed {
  readonly fault: NameFault;
  readonly part: string;
}

export type NameFault =
  | 'empty'
  | 'endless'
  | 'id'
  | 'web-address'
  | 'registry'
  | 'nameless'
  | 'capitals'
  | 'long'
  | 'form'
  | 'no-tag'
  | 'tag'
  | 'digest';

const hub = 'docker.io';
/** Of the path; the grammar's own limit. */
export const longestName = 255;

const domainForm =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/;
const partForm = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;

/** Strict: the name, or what is wrong with it. */
export function readImageName(text: string): ImageName | Misnamed {
  if (text === '') return { fault: 'empty', part: '' };
  if (text.length > 4 * longestName) return { fault: 'endless', part: text };
  if (/^[0-9a-f]{64}$/.test(text)) return { fault: 'id', part: text };
  if (/^https?:\/\//.test(text)) return { fault: 'web-address', part: text };
  const name = cutImageName(text);
  return misnamed(name) ?? name;
}

function misnamed({ domain, path, tag, digest }: ImageName): Misnamed | undefined {
  const short = path.replace(/^library\//, '');
  if (!domainForm.test(domain)) return { fault: 'registry', part: domain };
  if (short === '') return { fault: 'nameless', part: short };
  if (path !== path.toLowerCase()) return { fault: 'capitals', part: short };
  if (path.length > longestName) return { fault: 'long', part: path };
  if (path.split('/').some((part) => !partForm.test(part))) return { fault: 'form', part: short };
  if (tag === '') return { fault: 'no-tag', part: tag };
  if (tag !== undefined && !tagForm.test(tag)) return { fault: 'tag', part: tag };
  if (digest !== undefined && !digestForm.test(digest)) return { fault: 'digest', part: digest };
  return undefined;
}

/** Lenient: any text, cut where a name would be. For what the engine says, and for what it will judge itself. */
export function cutImageName(text: string): ImageName {
  const { name, tag, digest } = cutTail(text);
  const { domain, path } = cutDomain(name);
  const repository = `${domain}/${path}`;
  const familiarName = familiarNameOf(domain, path);
  const written = `${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
  const withDefault = written === '' ? ':latest' : written;
  return {
    domain,
    path,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
    repository,
    full: repository + withDefault,
    canonical: digest === undefined ? repository + withDefault : `${repository}@${digest}`,
    familiarName,
    familiar: familiarName + written,
    familiarFull: familiarName + withDefault,
  };
}

/** `nginx:1@sha256:…` has both. A colon before the last slash belongs to the registry's port. */
function cutTail(text: string): { readonly name: string; readonly tag?: string; readonly digest?: string } {
  const at = text.indexOf('@');
  const rest = at === -1 ? text : text.slice(0, at);
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
  return {
    name: colon === -1 ? rest : rest.slice(0, colon),
    ...(colon !== -1 && { tag: rest.slice(colon + 1) }),
    ...(at !== -1 && { digest: text.slice(at + 1) }),
  };
}

function cutDomain(name: string): { readonly domain: string; readonly path: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  if (!isDomain(first)) return { domain: hub, path: pathIn(hub, name) };
  const domain = isHub(first) ? hub : first;
  return { domain, path: pathIn(domain, name.slice(slash + 1)) };
}

/** What stands before the first slash is a registry where it cannot be a part of a path: `MyHost/app` too. */
function isDomain(first: string): boolean {
  return /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
}

/** On the machine of whoever asks it, where registries speak http. @param registry `localhost:5000` */
export function isLocalRegistry(registry: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(registry);
}

/** Docker Hub, by its name and by its older one. */
export function isHub(registry: string): boolean {
  return registry === hub || registry === 'index.docker.io';
}

/** The path of a repository in its registry. Docker Hub keeps official images, which have one part, under library/. */
export function pathIn(registry: string, repository: string): string {
  return isHub(registry) && !repository.includes('/') ? `library/${repository}` : repository;
}

/** Where it would be read as another name without its registry, that stays. */
function familiarNameOf(domain: string, path: string): string {
  if (domain !== hub) return `${domain}/${path}`;
  const official = /^library\/([^/]*)$/.exec(path)?.[1];
  return official ?? (isDomain(path.slice(0, path.indexOf('/'))) ? `${hub}/${path}` : path);
}

export function canonical(text: string): string {
  return cutImageName(text).canonical;
}

/** As people write it: `docker.io/library/busybox:latest` → `busybox:latest`. */
export function familiar(text: string): string {
  return cutImageName(text).familiar;
}

/** `docker.io/library/busybox` */
export function repositoryOf(text: string): string {
  return cutImageName(text).repository;
}

/** A repository with what the Engine API calls its tag: a digest comes as the tag. */
export function withTag(repository: string, tag: string | undefined): string {
  return tag === undefined || tag === '' ? repository : `${repository}${tag.includes(':') ? '@' : ':'}${tag}`;
}

/** Whether the text can only be an id. */
export function isImageId(text: string): boolean {
  return /^(?:sha256:)?[0-9a-f]{64}$/.test(text);
}

/** Whether the text is the beginning of an id where no image is called so. */
export function mayBeginImageId(text: string): boolean {
  return /^(?:sha256:)?[0-9a-f]{1,63}$/.test(text);
}

/** Whether the text looks like an id, whole or cut short as docker prints it. An image may still be called so. */
export function looksLikeImageId(text: string): boolean {
  return /^(?:sha256:[0-9a-f]+|[0-9a-f]{12,64})$/.test(text);
}

/** Whether the engine, which found the image of this id under the text, takes the text for the id, of any length (moby, isImageIDPrefix). */
export function isIdOf(text: string, id: string): boolean {
  return id.startsWith(text) || id.replace(/^sha256:/, '').startsWith(text);
}
