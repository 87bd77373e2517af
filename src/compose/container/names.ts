/** What a project's things are called on the engine. */
import type { Project, Service } from '../file/project.ts';

/** The image of a service: its own, or the one its build is tagged with. */
export function imageOf(project: Project, name: string): string {
  return project.services[name]?.image ?? joined(project, name);
}

export function containerName(project: Project, name: string, service: Service, number: number): string {
  return service.container_name ?? joined(project, name, String(number));
}

export function firstContainerOf(project: Project, name: string): string {
  return containerName(project, name, project.services[name] ?? {}, 1);
}

/** Of a container of `compose run`. @param slug tells them apart */
export function runName(project: Project, name: string, slug: string): string {
  return joined(project, name, 'run', slug.slice(0, 12));
}

/** Without the name of the project, as lines of output begin. */
export function shortName(project: Project, name: string): string {
  const first = joined(project, '');
  return name.startsWith(first) ? name.slice(first.length) : name;
}

function joined({ name, separator }: Project, ...parts: readonly string[]): string {
  return [name, ...parts].join(separator);
}
