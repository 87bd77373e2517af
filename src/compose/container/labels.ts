/** Labels by which docker compose knows what belongs to a project. */
import type { Project, Resource, Service } from '../file/project.ts';
import { configHash, networkHash, volumeHash } from './config-hash.ts';

const prefix = 'com.docker.compose.';
export const projectLabel = `${prefix}project`;
export const serviceLabel = `${prefix}service`;
export const numberLabel = `${prefix}container-number`;
export const oneOffLabel = `${prefix}oneoff`;
export const hashLabel = `${prefix}config-hash`;
export const filesLabel = `${prefix}project.config_files`;
const folderLabel = `${prefix}project.working_dir`;
export const networkLabel = `${prefix}network`;
export const volumeLabel = `${prefix}volume`;
export const dependenciesLabel = `${prefix}depends_on`;
const versionLabel = `${prefix}version`;
/** Tells containers of `compose run` apart. */
export const slugLabel = `${prefix}slug`;
/** Which one it has taken the place of: `web-1`. */
export const replacedLabel = `${prefix}replace`;

/** The release of docker compose whose labels and names these are. */
export const composeVersion = '2.40.3';

/** @param number of the container within its service; absent for one that `compose run` makes */
export function containerLabels(
  project: Project,
  name: string,
  service: Service,
  image: string,
  number?: number,
): Readonly<Record<string, string>> {
  // those of profiles that are off are not there to be depended on
  const dependencies = Object.entries(service.depends_on ?? {}).flatMap(([other, { condition, restart }]) =>
    other in project.services ? [`${other}:${condition}:${String(restart === true)}`] : [],
  );
  return {
    ...service.labels,
    [projectLabel]: project.name,
    [serviceLabel]: name,
    [oneOffLabel]: number === undefined ? 'True' : 'False',
    [versionLabel]: composeVersion,
    [folderLabel]: project.folder,
    [filesLabel]: project.files.join(','),
    [hashLabel]: configHash(service),
    [`${prefix}image`]: image,
    [dependenciesLabel]: dependencies.join(','),
    ...(number !== undefined && { [numberLabel]: String(number) }),
  };
}

/** Of an image that is built for a service. */
export function imageLabels(project: Project, name: string): Readonly<Record<string, string>> {
  return { [versionLabel]: composeVersion, [projectLabel]: project.name, [serviceLabel]: name };
}

/** @param kind `network` or `volume` @param key as the file calls it */
export function resourceLabels(
  project: Project,
  kind: 'network' | 'volume',
  key: string,
  settings: Resource,
): Readonly<Record<string, string>> {
  return {
    ...settings.labels,
    [projectLabel]: project.name,
    [`${prefix}${kind}`]: key,
    [versionLabel]: composeVersion,
    [hashLabel]: kind === 'network' ? networkHash(settings) : volumeHash(settings),
  };
}
