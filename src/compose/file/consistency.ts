/** What no single key shows: services, networks, volumes and files that are named and not there, and circles. */
import { didYouMean } from '../../did-you-mean.ts';
import type { Path } from '../../yaml/places.ts';
import { ComposeError, wrong } from './compose-error.ts';
import type { Project, Service } from './project.ts';
import type { ReadFile } from './read-file.ts';

/** @param files to point into: the last one that has the path @throws ComposeError */
export function checkConsistency(project: Project, files: readonly ReadFile[]): void {
  const all = { ...project.disabled, ...project.services };
  const fail = (path: Path, message: string): ComposeError => placed(files, path, message);
  for (const [name, service] of Object.entries(project.services)) {
    checkOrigin(name, service, fail);
    checkReferences(name, service, project, fail);
    for (const [other, { required }] of Object.entries(service.depends_on ?? {})) {
      if (other in all || !required) continue;
      throw fail(
        ['services', name, 'depends_on', other],
        `the service ${name} depends on ${other}, which is not there${near(other, all)}`,
      );
    }
  }
  checkCircles(project, fail);
}

type Fail = (path: Path, message: string) => ComposeError;

function placed(files: readonly ReadFile[], path: Path, message: string): ComposeError {
  const found = files.findLast(({ value }) => has(value, path.slice(0, 2))) ?? files.at(-1);
  return found ? wrong({ file: found.file, path }, message) : new ComposeError(message);
}

function has(value: unknown, path: Path): boolean {
  return (
    path.length === 0 ||
    (value !== null &&
      typeof value === 'object' &&
      Object.hasOwn(value, String(path[0])) &&
      has((value as Record<string, unknown>)[String(path[0])], path.slice(1)))
  );
}

function checkOrigin(name: string, service: Service, fail: Fail): void {
  if (service.image === undefined && service.build === undefined && service['provider'] === undefined)
    throw fail(['services', name], `the service ${name} has neither an image nor a build`);
  if (service.network_mode !== undefined && Object.keys(service.networks ?? {}).length > 0)
    throw fail(
      ['services', name, 'network_mode'],
      `the service ${name} has network_mode and networks, which exclude each other`,
    );
  if (service.container_name !== undefined && (service.deploy?.replicas ?? service.scale ?? 1) > 1)
    throw fail(
      ['services', name, 'container_name'],
      `the service ${name} has a container_name and more than one replica; only one container can have the name`,
    );
}

function checkReferences(name: string, service: Service, project: Project, fail: Fail): void {
  for (const network of Object.keys(service.networks ?? {}))
    if (!(network in project.networks))
      throw fail(
        ['services', name, 'networks', network],
        `the service ${name} is on the network ${network}, which networks does not define${near(network, project.networks)}`,
      );
  for (const [index, { type, source }] of (service.volumes ?? []).entries())
    if (type === 'volume' && source !== undefined && !(source in project.volumes))
      throw fail(
        ['services', name, 'volumes', index],
        `the service ${name} uses the volume ${source}, which volumes does not define${near(source, project.volumes)}`,
      );
  for (const kind of ['secrets', 'configs'] as const)
    for (const [index, { source }] of (service[kind] ?? []).entries())
      if (!(source in project[kind]))
        throw fail(
          ['services', name, kind, index],
          `the service ${name} uses ${source}, which ${kind} does not define${near(source, project[kind])}`,
        );
}

function near(name: string, known: Readonly<Record<string, unknown>>): string {
  const found = didYouMean(name, Object.keys(known));
  return found === undefined ? '' : `; did you mean ${found}?`;
}

function checkCircles({ services }: Project, fail: Fail): void {
  const done = new Set<string>();
  const visit = (name: string, chain: readonly string[]): void => {
    if (done.has(name)) return;
    if (chain.includes(name)) {
      const circle = [...chain.slice(chain.indexOf(name)), name].join(' → ');
      throw fail(['services', name, 'depends_on'], `these services wait for each other: ${circle}`);
    }
    for (const other of Object.keys(services[name]?.depends_on ?? {})) visit(other, [...chain, name]);
    done.add(name);
  };
  for (const name of Object.keys(services)) visit(name, []);
}
