/** Values that name an image. */
import {
  cutImageName,
  isImageId,
  longestName,
  readImageName,
  type ImageName,
  type Misnamed,
  type NameFault,
} from '../../image-name.ts';
import { ValueError, type Kind } from '../kinds.ts';

export const image: Kind<ImageName, 'one'> = { id: 'string', arity: 'one', parse: readImage };
export const images: Kind<ImageName, 'many'> = { id: 'list', arity: 'many', parse: readImage };

/** An image to run or inspect may also be an id, which has no name; then only the form is checked. */
export const imageOrId: Kind<ImageName | { readonly id: string }, 'one'> = {
  id: 'string',
  arity: 'one',
  parse: (raw) => (isImageId(raw) ? { id: raw } : readImage(raw)),
};

/** @throws ValueError that says what is wrong with it */
export function readImage(raw: string): ImageName {
  const read = readImageName(raw);
  if ('fault' in read) throw new ValueError(...words[read.fault](raw, read.part), dockersWords(read, raw));
  return read;
}

/** As the `reference` package says it. */
function dockersWords({ fault }: Misnamed, raw: string): string {
  const { path } = cutImageName(raw);
  // docker looks at the letters before it looks at the registry
  if (fault !== 'capitals' && !(fault === 'registry' && path !== path.toLowerCase())) return 'invalid reference format';
  return `invalid reference format: repository name (${path}) must be lowercase`;
}

type Words = readonly [message: string, hint: string | undefined];

const words: Readonly<Record<NameFault, (raw: string, part: string) => Words>> = {
  empty: () => ['the image name is empty', 'write a name, like ubuntu or nginx:alpine'],
  endless: () => ['the image name is too long', undefined],
  id: () => ['a name may not be 64 hexadecimal digits, which is an id', 'write a name and a tag'],
  'web-address': () => ['an image name has no http:// in front', 'write registry.example.com/name:tag'],
  registry: (_, part) => [`"${part}" is not the name of a registry`, 'write it like registry.example.com:5000/name'],
  nameless: (raw) => [`"${raw}" names no image`, 'write a name before the colon, like nginx:alpine'],
  capitals: (raw, part) => ['a repository name must be lowercase', `write ${raw.replace(part, part.toLowerCase())}`],
  long: () => [`the image name is longer than ${String(longestName)} characters`, undefined],
  form: (raw) => [
    `"${raw}" is not an image name`,
    'use lowercase letters and digits, with single . _ or - between them, and / between parts',
  ],
  'no-tag': (raw) => [
    `after the colon of "${raw}" a tag is missing`,
    `write ${raw.replace(/:(?=@|$)/, ':latest')}, or leave the colon out`,
  ],
  tag: (_, part) => [`"${part}" is not a tag`, 'a tag has letters, digits, _ . and -, and does not start with . or -'],
  digest: (_, part) => [`"${part}" is not a digest`, 'a digest is sha256: and 64 hexadecimal digits'],
};
