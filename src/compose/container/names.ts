/** What a project's things are called on the engine. */
import type { Project, Service } from '../file/project.ts';

/** The image of a service: its own, or the one its build is tagged with. */
export function imageOf(project: Project, name: string): string {
  return project.services[name]?.image ?? `${project.name}-${name}`;
}

export function containerName(project: Project, name: string, service: Service, number: number): string {
  return service.container_name ?? `${project.name}-${name}-${String(number)}`;
}
