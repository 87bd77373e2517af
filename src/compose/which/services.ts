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
  const all = Object.keys(project.services);
  const first = asked.length === 0 ? all : inOrder(project, all).filter((name) => asked.includes(name));
  return withDependencies || asked.length === 0 ? inOrder(project, first) : first;
}

/** Each service for itself, as --no-deps has it. */
export function withoutDependencies(project: Project): Project {
  const alone = Object.entries(project.services).map(([name, service]) => [name, without(service, 'depends_on')]);
  return { ...project, services: Object.fromEntries(alone) as Services };
}

/** These and all that they depend on, each after what it depends on; of a ring, which only --no-consistency lets be, in some order. */
function inOrder({ services }: Project, first: readonly string[]): readonly string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name) || !(name in services)) return;
    seen.add(name);
    for (const other of Object.keys(services[name]?.depends_on ?? {})) visit(other);
    found.push(name);
  };
  for (const name of first) visit(name);
  return found;
}

/** @param after what compose says after the name @throws ComposeError with the nearest name */
export function assertService(project: Project, name: string, after = ''): void {
  if (name in project.services) return;
  const near = didYouMean(name, Object.keys({ ...project.services, ...project.disabled }));
  throw new ComposeError(`no such service: ${name}${after}${near === undefined ? '' : `; did you mean ${near}?`}`);
}
