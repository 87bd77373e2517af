/** What a Dockerfile reaches for when it is built: the images it uses, and what the engine does for it on its own machine. Pure. */
import { fetched, isRemote, remoteStarts } from '../../../api/references/addresses.ts';
import { hostNetwork, privileged, unknownPart } from '../../../api/references/reference.ts';
import type { Reference } from '../../../api/references/reference.ts';
import type { Request } from '../../../api/request.ts';
import { outlineOf, sourcesIn } from '../../../dockerfile/outline.ts';
import { readDockerfile, type Statement } from '../../../dockerfile/read.ts';

/** The values of --build-arg, as POST /build has them. */
export function buildArgsOf({ query }: Pick<Request, 'query'>): Readonly<Record<string, string | null>> {
  return valuesIn(query?.['buildargs']);
}

/** An object of a query of POST /build; empty where it is none. */
export function valuesIn(json = '{}'): Readonly<Record<string, string | null>> {
  try {
    return JSON.parse(json) as Record<string, string | null>;
  } catch {
    // the engine will refuse it
    return {};
  }
}

/**
 * @param args --build-arg values
 * @throws Failure where it leaves open which image it uses
 */
export function dockerfileReferences(
  text: string,
  args: Readonly<Record<string, string | null>> = {},
): readonly Reference[] {
  const stages = outlineOf(text, args);
  const { instructions } = readDockerfile(text);
  const later = instructions.flatMap(({ onbuild }) => (onbuild ? [onbuild] : []));
  const named = [...stages.flatMap(({ images }) => images), ...later.flatMap(sourcesIn).filter(isImage)];
  const [unclear] = [
    ...stages.flatMap((stage) => stage.unclear),
    ...named.map(({ written }) => written).filter(isOpen),
  ];
  if (unclear !== undefined) throw unknownPart(`a build that uses the image ${unclear}`);
  const images = named.map(({ written, by }): Reference => ({
    of: 'image',
    name: written,
    how: `builds with the image ${written} (${by})`,
  }));
  return [...images, ...[...instructions, ...later].flatMap(reachesOf)];
}

/** In what ONBUILD keeps, a number is a stage of who builds on it. */
function isImage({ written }: { readonly written: string }): boolean {
  return written !== '' && written !== 'scratch' && !/^\d+$/.test(written);
}

function isOpen(written: string): boolean {
  return written.includes('$');
}

/** What RUN is given of the engine's machine, and what ADD has the engine fetch. */
function reachesOf({ word, flags, rest, list }: Statement): readonly Reference[] {
  if (word === 'RUN')
    return flags.flatMap(({ name, value }) => {
      if (name === 'network' && value === 'host') return [hostNetwork('builds on the network of the engine’s machine')];
      if ((name === 'security' && value !== 'sandbox') || name === 'device')
        return [privileged(`builds with more rights (RUN --${name})`)];
      return [];
    });
  if (word !== 'ADD') return [];
  const words = list ?? rest.split(/\s+/).filter(Boolean);
  return words.slice(0, -1).flatMap((written) => {
    // as the builder takes it, which knows the words of a shell
    const source = written.replace(/["'\\`]/g, '');
    if (isRemote(source)) return [fetched(source)];
    if (mayBeRemote(source)) throw unknownPart(`a build that adds ${written}`);
    return [];
  });
}

/** Whether the variables in it may make an address of it. */
function mayBeRemote(source: string): boolean {
  const variable = source.indexOf('$');
  const before = source.slice(0, variable).toLowerCase();
  return variable >= 0 && remoteStarts.some((start) => start.startsWith(before));
}
