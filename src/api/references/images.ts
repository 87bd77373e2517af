/** Images: those that are used, and the places that they come from and go to. They are named in the query. */
import { cutImageName, withTag } from '../../image-name.ts';
import { objectIn } from '../json-parts.ts';
import type { Json } from '../request.ts';
import { fetched, isPrivateRegistry, isRemote, registryAt } from './addresses.ts';
import { hostAliases, isolation, networkMode } from './namespaces.ts';
import { each, entriesOf, harmless, named, privileged, referencesIn } from './reference.ts';
import type { Reference, Rule, Rules } from './reference.ts';
import { securityOptions } from './rights.ts';

export const imageUsed: Rule = named((name) => [{ of: 'image', name, how: `uses the image ${name}` }]);

/** A parameter that holds one value a line. @param rule for the list of them */
function lines(rule: Rule): Rule {
  return named((value) => rule(value.split('\n').filter(Boolean)));
}

/** A parameter that holds JSON. What cannot be read the engine refuses. */
function json(rule: Rule): Rule {
  return named((value) => rule(parsed(value)));
}

function parsed(value: string): Json {
  try {
    return JSON.parse(value) as Json;
  } catch {
    return [];
  }
}

/** One of them names an image that reads the Dockerfile in BuildKit's place, and may take what it likes. */
function buildArguments(value: Json): readonly Reference[] {
  return entriesOf(value).flatMap(([name]) =>
    name === 'BUILDKIT_SYNTAX' ? [privileged('is built by what another image makes of its Dockerfile')] : [],
  );
}

/** Into files of this machine, which the session writes where its line says; anything else goes away from here. */
function output(value: Json): readonly Reference[] {
  const { Type } = objectIn(value);
  return Type === 'tar' || Type === 'cacheonly' ? [] : [privileged('is exported by the engine to somewhere else')];
}

/** A further context of a build: an image, what the engine fetches, or a folder that the session hands over. */
function contexts(value: Json): readonly Reference[] {
  return entriesOf(value).flatMap(([name, from]) => {
    const where = typeof from === 'string' ? from : '';
    const [, image] = /^docker-image:\/\/(.*)$/s.exec(where) ?? [];
    if (image !== undefined) return imageUsed(image);
    return where.startsWith('local:') ? [] : [{ ...fetched(where), how: `builds ${name} from ${where}` }];
  });
}

/** Where the cache comes from: an image, or a place that names its registry. */
function cacheFrom(value: Json): readonly Reference[] {
  const { type, attrs } = objectIn(value);
  if (typeof value === 'string') return imageUsed(value);
  const { ref } = objectIn(attrs);
  return type === 'registry' && typeof ref === 'string'
    ? imageUsed(ref)
    : [privileged('takes its build cache from somewhere else')];
}

/** Where the cache is stored: in the image itself, or at a registry. */
function cacheTo(value: Json): readonly Reference[] {
  const { type, attrs } = objectIn(value);
  if (type === 'inline') return [];
  const { ref } = objectIn(attrs);
  if (type !== 'registry' || typeof ref !== 'string') return [privileged('stores its build cache somewhere else')];
  const { domain } = cutImageName(ref);
  return [{ of: 'registry', name: registryAt(domain), how: `sends its build cache to the registry ${domain}` }];
}

/** The record of what is in the image is made by a program, which is an image itself. */
function attests(value: Json): readonly Reference[] {
  const { sbom } = objectIn(value);
  if (typeof sbom !== 'string') return [];
  const [, generator = 'docker/buildkit-syft-scanner:stable-1'] = /(?:^|,)generator=([^,]+)/.exec(sbom) ?? [];
  return imageUsed(generator);
}

/** What the Dockerfile names is read where the Dockerfile is (dockerfile/reaches.ts). */
const buildQuery: Rules = {
  attests: json(attests),
  buildargs: json(buildArguments),
  cachefrom: json(each(cacheFrom)),
  cacheto: json(each(cacheTo)),
  contexts: json(contexts),
  cgroupparent: named(() => [privileged('is built under another control group of the engine’s machine')]),
  cpuperiod: harmless,
  cpuquota: harmless,
  cpusetcpus: harmless,
  cpusetmems: harmless,
  cpushares: harmless,
  dockerfile: harmless,
  extrahosts: lines(hostAliases),
  forcerm: harmless,
  isolation,
  labels: harmless,
  memory: harmless,
  memswap: harmless,
  networkmode: networkMode,
  nocache: harmless,
  'no-cache-filter': harmless,
  outputs: json(each(output)),
  platform: harmless,
  pull: harmless,
  q: harmless,
  // the files come from here, in a session that this build's own request opens
  requestid: harmless,
  remote: named((where) => (where === 'client-session' ? [] : [fetched(where)])),
  rm: harmless,
  session: harmless,
  securityopt: lines(securityOptions),
  shmsize: harmless,
  squash: harmless,
  t: harmless,
  target: harmless,
  ulimits: harmless,
  version: harmless,
};

type Query = Readonly<Record<string, string>>;

export function ofBuild(query: Query): readonly Reference[] {
  return referencesIn(query, buildQuery, 'build');
}

export function ofSave({ names = '' }: Query): readonly Reference[] {
  return names
    .split('\n')
    .filter(Boolean)
    .map((name) => ({ of: 'image', name, how: `packs the image ${name}` }));
}

/** An import may be fetched by the engine; a pull is of images that are public, or asks a registry that is not. */
export function ofPullOrImport({ fromSrc = '', fromImage = '' }: Query): readonly Reference[] {
  return [...(isRemote(fromSrc) ? [fetched(fromSrc)] : []), ...(fromImage === '' ? [] : fetchedImage(fromImage))];
}

/** What fetching the image takes. */
export function fetchedImage(image: string): readonly (Reference & { readonly of: 'registry' })[] {
  const { domain } = cutImageName(image);
  if (!isPrivateRegistry(domain)) return [];
  const name = registryAt(domain);
  return [{ of: 'registry', name, how: `has the engine fetch ${image} from the registry ${name}` }];
}

export function ofCommit({ container = '' }: Query): readonly Reference[] {
  return [{ of: 'container', name: container, how: `makes an image of the container ${container}` }];
}

/** Without a tag, every image of the repository is sent. */
export function ofPush(repository: string, { tag }: Query): readonly Reference[] {
  const { domain } = cutImageName(repository);
  const image = withTag(repository, tag);
  return [
    { of: 'image', name: image, how: `sends the image ${image} away` },
    { of: 'registry', name: registryAt(domain), how: `sends to the registry ${domain}` },
  ];
}

export function ofDistribution(name: string): readonly Reference[] {
  const { domain, full } = cutImageName(name);
  return [{ of: 'registry', name: registryAt(domain), image: full, how: `asks the registry ${domain}` }];
}

/** A term with a registry before it is asked of that registry. */
export function ofSearch({ term = '' }: Query): readonly Reference[] {
  const { domain } = cutImageName(term);
  const name = registryAt(domain);
  return name === 'docker.io' ? [] : [{ of: 'registry', name, how: `asks the registry ${name}` }];
}

export function ofLogin(server: string): readonly Reference[] {
  const name = registryAt(server);
  return [{ of: 'registry', name, how: `signs in at the registry ${name}` }];
}
