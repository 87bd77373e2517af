/** Which images are pulled or built before anything is made from them. */
import { Stopped } from '../../plan/effects.ts';
import { imageOf } from '../container/names.ts';
import type { Project } from '../file/project.ts';
import type { ObservedImages } from '../observe/images.ts';
import type { Reason, Step } from './operation.ts';

export interface ImageWish {
  readonly build?: boolean | undefined;
  readonly noBuild?: boolean | undefined;
  readonly pull?: string | undefined;
}

/** Pulls at once, each image a single time; then builds, one after the other. @throws Stopped for an image that may not be had */
export function imageSteps(
  project: Project,
  services: readonly string[],
  wish: ImageWish,
  here: ObservedImages,
): readonly Step[] {
  const pulls = new Map<string, Step>();
  const builds: Step[] = [];
  for (const service of services) {
    const image = imageOf(project, service);
    const found = wanted(project, service, wish, here[image]);
    if (found === undefined) continue;
    if (found.do === 'pull-image')
      pulls.set(image, { operation: { do: 'pull-image', service }, because: found.because, after: [] });
    else
      builds.push({
        operation: { do: 'build-image', service },
        because: found.because,
        after: [...pulls.values(), ...builds.slice(-1)],
      });
  }
  return [...pulls.values(), ...builds];
}

interface Wanted {
  readonly do: 'pull-image' | 'build-image';
  readonly because: Reason;
}

function wanted(
  project: Project,
  name: string,
  { build, noBuild, pull }: ImageWish,
  here: string | undefined,
): Wanted | undefined {
  const service = project.services[name];
  const policy = pull ?? service?.pull_policy ?? 'missing';
  if (service?.build) {
    if (noBuild && here === undefined) throw missing(project, name, 'built');
    if (!noBuild && build) return { do: 'build-image', because: 'asked' };
    if (!noBuild && policy === 'build') return { do: 'build-image', because: 'policy' };
    if (!noBuild && here === undefined) return { do: 'build-image', because: 'missing' };
  }
  if (here === undefined && policy === 'never') throw missing(project, name, 'pulled');
  if (here === undefined) return { do: 'pull-image', because: 'missing' };
  return policy === 'always' ? { do: 'pull-image', because: 'policy' } : undefined;
}

function missing(project: Project, name: string, how: string): Stopped {
  return new Stopped(`the image ${imageOf(project, name)} of ${name} is not here, and may not be ${how}`);
}
