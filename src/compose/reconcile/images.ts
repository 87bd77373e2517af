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
  /** Builds that say nothing on their way. */
  readonly quietBuild?: boolean | undefined;
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
    const { pull, build } = wanted(project, service, wish, here[image]);
    const buildable = project.services[service]?.build !== undefined;
    if (pull) pulls.set(image, { operation: { do: 'pull-image', service, buildable }, because: pull, after: [] });
    if (build)
      builds.push({
        operation: { do: 'build-image', service, unlessHere: pull !== undefined, quiet: wish.quietBuild === true },
        because: build,
        after: [...pulls.values(), ...builds.slice(-1)],
      });
  }
  return [...pulls.values(), ...builds];
}

/** What is to be done, and why; a build after a pull is for an image that could not be pulled. */
interface Wanted {
  readonly pull?: Reason | undefined;
  readonly build?: Reason | undefined;
}

function wanted(project: Project, name: string, wish: ImageWish, here: string | undefined): Wanted {
  const service = project.services[name];
  const isMissing = here === undefined;
  const mayBuild = service?.build !== undefined && wish.noBuild !== true;
  if (mayBuild && wish.build) return { build: 'asked' };
  const policy = wish.pull ?? service?.pull_policy ?? 'missing';
  if (mayBuild && policy === 'build') return { build: 'policy' };
  const pull = pullFor(policy, isMissing);
  // an image that the file does not name is in no registry
  if (service?.image === undefined && service?.build) {
    if (isMissing && !mayBuild) throw missing(project, name, 'built');
    return isMissing ? { build: 'missing' } : {};
  }
  if (isMissing && !pull && !mayBuild) throw missing(project, name, 'pulled');
  return { pull, build: isMissing && mayBuild ? 'missing' : undefined };
}

function pullFor(policy: string, isMissing: boolean): Reason | undefined {
  if (policy === 'always') return 'policy';
  return isMissing && policy !== 'never' && policy !== 'build' ? 'missing' : undefined;
}

function missing(project: Project, name: string, how: string): Stopped {
  return new Stopped(`the image ${imageOf(project, name)} of ${name} is not here, and may not be ${how}`);
}
