/** How many containers the file wants of a service. */
import type { Service } from '../file/project.ts';

export function howMany(service: Service = {}): number {
  return service.scale ?? service.deploy?.replicas ?? 1;
}
