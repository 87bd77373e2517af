/** Image names, as distribution/reference normalises them: `ubuntu` is docker.io/library/ubuntu:latest. */
import { ValueError, type Kind } from '../kinds.ts';

export interface ImageName {
  /** `docker.io`, `localhost:5000` */
  readonly domain: string;
  /** `library/ubuntu` */
  readonly path: string;
  /** Absent where none was written. */
  readonly tag?: string;
  /** `sha256:…` */
  readonly digest?: string;
  /** As docker shows it: `ubuntu`, `user/app:1`, without a default. */
  readonly familiar: string;
  /** `ubuntu` without tag or digest. */
  readonly familiarName: string;
  /** All of it, with `latest` where neither tag nor digest was written: `docker.io/library/ubuntu:latest`. */
  readonly canonical: string;
}

const domainForm =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/;
const partForm = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const digestForm = /^[a-z][a-z0-9]*(?:[-_+.][a-z][a-z0-9]*)*:[0-9a-f]{32,}$/i;
const longest = 255;

export const image: Kind<ImageName, 'one'> = { id: 'string', arity: 'one', parse: readImage };
export const images: Kind<ImageName, 'many'> = { id: 'list', arity: 'many', parse: readImage };

/** An image to run or inspect may also be an id, which has no name; then only the form is checked. */
export const imageOrId: Kind<ImageName | { readonly id: string }, 'one'> = {
  id: 'string',
  arity: 'one',
  parse: (raw) => (isImageId(raw) ? { id: raw } : readImage(raw)),
};

export function isImageId(raw: string): boolean {
  return /^(?:sha256:)?[0-9a-f]{64}$/.test(raw);
}

export function readImage(raw: string): ImageName {
  if (raw === '') throw new ValueError('the image name is empty', 'write a name, like ubuntu or nginx:alpine');
  if (raw.length > 4 * longest) throw new ValueError('the image name is too long');
  if (/^[0-9a-f]{64}$/.test(raw))
    throw new ValueError('a name may not be 64 hexadecimal digits, which is an id', 'write a name and a tag');
  if (/^https?:\/\//.test(raw))
    throw new ValueError('an image name has no http:// in front', 'write registry.example.com/name:tag');
  const { name, tag, digest } = cutName(raw);
  const { domain, path } = cutDomain(name);
  checkPath(path, raw);
  if (tag !== undefined) checkTag(tag, raw);
  if (digest !== undefined && !digestForm.test(digest))
    throw new ValueError(`"${digest}" is not a digest`, 'a digest is sha256: and 64 hexadecimal digits');
  const familiarName = domain !== 'docker.io' ? `${domain}/${path}` : path.replace(/^library\/(?=[^/]+$)/, '');
  const written = `${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
  return {
    domain,
    path,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
    familiarName,
    familiar: familiarName + written,
    canonical: `${domain}/${path}${written === '' ? ':latest' : written}`,
  };
}

function cutName(raw: string): { name: string; tag?: string; digest?: string } {
  const at = raw.indexOf('@');
  const rest = at === -1 ? raw : raw.slice(0, at);
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
  return {
    name: colon === -1 ? rest : rest.slice(0, colon),
    ...(colon !== -1 && { tag: rest.slice(colon + 1) }),
    ...(at !== -1 && { digest: raw.slice(at + 1) }),
  };
}

/** The part before the first slash is a registry where it could be a host: a dot, a port, localhost, or a capital letter. */
function cutDomain(name: string): { domain: string; path: string } {
  const slash = name.indexOf('/');
  const first = slash === -1 ? '' : name.slice(0, slash);
  const isDomain = slash !== -1 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first);
  if (!isDomain) return { domain: 'docker.io', path: name.includes('/') ? name : `library/${name}` };
  if (!domainForm.test(first))
    throw new ValueError(`"${first}" is not the name of a registry`, 'write it like registry.example.com:5000/name');
  const path = name.slice(slash + 1);
  if (first !== 'docker.io' && first !== 'index.docker.io') return { domain: first, path };
  return { domain: 'docker.io', path: path.includes('/') ? path : `library/${path}` };
}

function checkPath(path: string, raw: string): void {
  const name = path.replace(/^library\//, '');
  if (name === '') throw new ValueError(`"${raw}" names no image`, 'write a name before the colon, like nginx:alpine');
  if (path !== path.toLowerCase())
    throw new ValueError('a repository name must be lowercase', `write ${raw.replace(name, name.toLowerCase())}`);
  if (path.length > longest) throw new ValueError(`the image name is longer than ${String(longest)} characters`);
  if (path.split('/').some((part) => !partForm.test(part)))
    throw new ValueError(
      `"${raw}" is not an image name`,
      'use lowercase letters and digits, with single . _ or - between them, and / between parts',
    );
}

function checkTag(tag: string, raw: string): void {
  if (/^\w[\w.-]{0,127}$/.test(tag)) return;
  if (tag === '')
    throw new ValueError(`after the colon of "${raw}" a tag is missing`, `write ${raw}latest, or leave the colon out`);
  throw new ValueError(`"${tag}" is not a tag`, 'a tag has letters, digits, _ . and -, and does not start with . or -');
}
