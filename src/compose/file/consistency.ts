/** What no single key shows: things that are named and not there, settings that exclude each other, and circles. */
import { didYouMean } from '../../did-you-mean.ts';
import type { Path } from '../../yaml/places.ts';
import { wrong } from './compose-error.ts';
import type { ComposeError, FileText } from './compose-error.ts';
import type { Project, Service } from './project.ts';

/** @param file all that the files say together @throws ComposeError in the words of compose */
export function checkConsistency(project: Project, file: FileText): void {
  for (const [name, service] of Object.entries(project.services)) {
    const fail: Fail = (path, message) => wrong({ file, path: ['services', name, ...path] }, message);
    for (const check of checks) check(name, service, fail, project);
    checkReferences(name, service, project, fail);
    checkDependencies(name, service, project, fail);
  }
  checkNames(project, file);
  checkCircles(project, file);
}

type Fail = (path: Path, message: string) => ComposeError;
type Check = (name: string, service: Service, fail: Fail, project: Project) => void;

const invalid = ': invalid compose project';

const checks: readonly Check[] = [
  (name, { image, build, provider }, fail) => {
    if (build === undefined && image === undefined && provider === undefined)
      throw fail([], `service "${name}" has neither an image nor a build context specified${invalid}`);
  },
  (name, { build, platform }, fail, { services }) => {
    if (build?.dockerfile !== undefined && build.dockerfile_inline !== undefined)
      throw fail(['build'], `service "${name}" declares mutualy exclusive dockerfile and dockerfile_inline${invalid}`);
    if (build?.platforms && platform !== undefined && !build.platforms.includes(platform))
      throw fail(['platform'], `service.build.platforms MUST include service.platform "${platform}"${invalid}`);
    for (const [key, context] of Object.entries(build?.additional_contexts ?? {})) {
      const other = context.startsWith('service:') ? context.slice('service:'.length) : undefined;
      if (other !== undefined && !services[other]?.build)
        throw fail(
          ['build'],
          `service "${name}" declares ${services[other] ? 'non-buildable' : 'unknown'} service "${other}" as additional contexts ${key}`,
        );
    }
  },
  (name, { network_mode: mode, networks = {} }, fail) => {
    if (mode !== undefined && Object.keys(networks).length > 0)
      throw fail(
        ['network_mode'],
        `service ${name} declares mutually exclusive \`network_mode\` and \`networks\`${invalid}`,
      );
  },
  (_, { network_mode: mode = '' }, fail, { services, disabled }) => {
    const other = mode.startsWith('service:') ? mode.slice('service:'.length) : undefined;
    if (other !== undefined && !(other in services) && !(other in disabled))
      throw fail(['network_mode'], `service "${other}" not found for network_mode 'service:${other}'`);
  },
  (name, { scale, deploy, container_name: own }, fail) => {
    const replicas = deploy?.replicas;
    if (scale !== undefined && replicas !== undefined && scale !== replicas)
      throw fail(['scale'], `services.${name}: can't set distinct values on 'scale' and 'deploy.replicas'${invalid}`);
    const [key, count = 1] =
      scale === undefined ? (['deploy.replicas', replicas] as const) : (['scale', scale] as const);
    if (count < 0) throw fail(key.split('.'), `services.${name}.${key}: must be greater than or equal to 0`);
    if (count > 1 && own !== undefined)
      throw fail(
        ['container_name'],
        `services.${name}: can't set container_name and ${key} as container name must be unique${invalid}`,
      );
  },
  (name, service, fail) => {
    const { limits, reservations } = service.deploy?.resources ?? {};
    const both: readonly (readonly [string, string, unknown, object | undefined])[] = [
      ['cpus', 'limits.cpus', limits?.cpus, limits],
      ['mem_limit', 'limits.memory', limits?.memory, limits],
      ['mem_reservation', 'reservations.memory', reservations?.memory, reservations],
      ['pids_limit', 'limits.pids', limits?.pids, limits],
    ];
    for (const [key, other, value, there] of both)
      if (service[key] !== undefined && there && service[key] !== value)
        throw fail(
          [key],
          `services.${name}: can't set distinct values on '${key}' and 'deploy.resources.${other}'${invalid}`,
        );
  },
  (name, { develop }, fail) => {
    const { watch = [] } = (develop ?? {}) as { readonly watch?: readonly { action: string; target?: string }[] };
    if (watch.some(({ action, target }) => target === undefined && action !== 'rebuild' && action !== 'restart'))
      throw fail(
        ['develop', 'watch'],
        `services.${name}.develop.watch: target is required for non-rebuild actions${invalid}`,
      );
  },
  (name, service, fail) => {
    const mounted = new Map<string, string>();
    const tmpfs = ((service['tmpfs'] ?? []) as readonly string[]).map((entry) => entry.split(':')[0] ?? '');
    const targets = [
      ...tmpfs.map((target, index) => ['tmpfs', index, target] as const),
      ...(service.volumes ?? []).map(({ target }, index) => ['volumes', index, target] as const),
    ];
    for (const [key, index, target] of targets) {
      const place = `services.${name}.${key}[${String(index)}]`;
      const before = mounted.get(target);
      if (before !== undefined) throw fail([key, index], `${place}: target ${target} already mounted as ${before}`);
      mounted.set(target, place);
    }
  },
];

function checkReferences(name: string, service: Service, project: Project, fail: Fail): void {
  const { networks, volumes, secrets, configs, models } = project;
  const check = (path: Path, kind: string, used: string, there: Readonly<Record<string, unknown>>): void => {
    if (!Object.hasOwn(there, used))
      throw fail(path, `service "${name}" refers to undefined ${kind} ${used}${invalid}${near(used, there)}`);
  };
  for (const network of Object.keys(service.networks ?? {})) check(['networks', network], 'network', network, networks);
  for (const [index, { type, source }] of (service.volumes ?? []).entries())
    if (type === 'volume' && source !== undefined) check(['volumes', index], 'volume', source, volumes);
  for (const [index, { source }] of (service.build?.secrets ?? []).entries())
    check(['build', 'secrets', index], 'build secret', source, secrets);
  for (const [index, { source }] of (service.configs ?? []).entries())
    check(['configs', index], 'config', source, configs);
  for (const model of Object.keys((service['models'] ?? {}) as object))
    check(['models', model], 'model', model, models);
  for (const [index, { source }] of (service.secrets ?? []).entries())
    check(['secrets', index], 'secret', source, secrets);
}

function checkDependencies(name: string, service: Service, { services, disabled }: Project, fail: Fail): void {
  for (const [other, { required }] of Object.entries(service.depends_on ?? {})) {
    if (Object.hasOwn(services, other) || (Object.hasOwn(disabled, other) && !required)) continue;
    throw fail(
      ['depends_on', other],
      `service "${name}" depends on undefined service "${other}"${invalid}${near(other, { ...services, ...disabled })}`,
    );
  }
}

function near(name: string, known: Readonly<Record<string, unknown>>): string {
  const found = didYouMean(name, Object.keys(known));
  return found === undefined || found === name ? '' : `; did you mean ${found}?`;
}

function checkNames({ services }: Project, file: FileText): void {
  const found = new Map<string, string>();
  for (const [name, { container_name: own }] of Object.entries(services)) {
    if (own === undefined) continue;
    const other = found.get(own);
    if (other !== undefined)
      throw wrong(
        { file, path: ['services', name, 'container_name'] },
        `services.${name}: container name "${own}" is already in use by "services.${other}"${invalid}`,
      );
    found.set(own, name);
  }
}

function checkCircles({ services }: Project, file: FileText): void {
  const done = new Set<string>();
  const visit = (name: string, chain: readonly string[]): void => {
    if (done.has(name)) return;
    if (chain.includes(name)) {
      const circle = [...chain.slice(chain.indexOf(name)), name].join(' -> ');
      throw wrong({ file, path: ['services', name, 'depends_on'] }, `dependency cycle detected: ${circle}`);
    }
    for (const other of Object.keys(services[name]?.depends_on ?? {})) visit(other, [...chain, name]);
    done.add(name);
  };
  for (const name of Object.keys(services)) visit(name, []);
}
