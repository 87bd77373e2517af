/** Which services are meant: those without a profile, of a profile that is wanted, and those that are asked for by name. */
import { ComposeError } from '../file/compose-error.ts';
import { didYouMean } from '../../did-you-mean.ts';
import { without } from '../container/without.ts';
import type { Project, Service } from '../file/project.ts';

type Services = Readonly<Record<string, Service>>;

export function withProfiles(
  all: Services,
  wanted: readonly string[],
  asked: readonly string[],
): { services: Services; disabled: Services } {
  const meant = (name: string, { profiles = [] }: Service): boolean =>
    profiles.length === 0 ||
    asked.includes(name) ||
    wanted.includes('*') ||
    profiles.some((profile) => wanted.includes(profile));
  const entries = Object.entries(all);
  return {
    services: Object.fromEntries(entries.filter(([name, service]) => meant(name, service))),
    disabled: Object.fromEntries(entries.filter(([name, service]) => !meant(name, service))),
  };
}

/** The services named, or all; with what they depend on. In the order they are to be started. @throws ComposeError */
export function chosen(project: Project, asked: readonly string[], withDependencies = true): readonly string[] {
  for (const name of asked) assertService(project, name);
  const found: string[] = [];
  const visit = (name: string): void => {
    if (found.includes(name) || !(name in project.services)) return;
    if (withDependencies) for (const other of Object.keys(project.services[name]?.depends_on ?? {})) visit(other);
    if (!found.includes(name)) found.push(name);
  };
  for (const name of ordered(project)) if (asked.length === 0 || asked.includes(name)) visit(name);
  return found;
}

/** Each service for itself, as --no-deps has it. */
export function withoutDependencies(project: Project): Project {
  const alone = Object.entries(project.services).map(([name, service]) => [name, without(service, 'depends_on')]);
  return { ...project, services: Object.fromEntries(alone) as Services };
}

/** Every service after those it depends on. */
function ordered({ services }: Project): readonly string[] {
  const found: string[] = [];
  const visit = (name: string): void => {
    if (found.includes(name) || !(name in services)) return;
    for (const other of Object.keys(services[name]?.depends_on ?? {})) visit(other);
    found.push(name);
  };
  for (const name of Object.keys(services)) visit(name);
  return found;
}

/** @throws ComposeError with the nearest name */
export function assertService(project: Project, name: string): void {
  if (name in project.services) return;
  const near = didYouMean(name, Object.keys({ ...project.services, ...project.disabled }));
  throw new ComposeError(`no such service: ${name}${near === undefined ? '' : `; did you mean ${near}?`}`);
}
