/** Projects and what is on the engine, for tables; and steps as lines to compare. */
import { configHash } from '../../../../src/compose/container/config-hash.ts';
import { containerName } from '../../../../src/compose/container/names.ts';
import { loadProject } from '../../../../src/compose/file/load-project.ts';
import type { Project } from '../../../../src/compose/file/project.ts';
import type { ObservedContainer } from '../../../../src/compose/observe/containers.ts';
import type { Operation, Step } from '../../../../src/compose/reconcile/operation.ts';
import type { Observed, Wished } from '../../../../src/compose/reconcile/up.ts';
import { chosen } from '../../../../src/compose/which/services.ts';
import { utc } from '../../../fixtures/utc.ts';

/** The project `shop` of this file; with `asked`, services whose profiles are wanted. */
export function projectOf(yaml: string, asked: readonly string[] = []): Project {
  const plan = loadProject({ file: ['compose.yaml'], 'project-directory': '/shop' }, context, { asked });
  let step = plan.next();
  while (!step.done) step = plan.next(step.value.do === 'load' && !step.value.path.endsWith('.env') ? yaml : undefined);
  return step.value;
}

const context = {
  cwd: '/shop',
  env: {},
  now: 0,
  zone: utc,
  apiVersion: '1.51',
  terminal: false,
  client: { version: '0', node: 'v20', os: 'linux', arch: 'x64' },
};

export function wished(yaml: string, more: Partial<Wished> = {}): Wished {
  const asked = more.asked ?? [];
  const project = projectOf(yaml, asked);
  const services = chosen(project, asked);
  return {
    project,
    services,
    prepared: services,
    asked,
    images: {},
    scale: {},
    recreate: 'changed',
    recreateDependencies: 'changed',
    renewVolumes: false,
    renewed: [],
    timeout: undefined,
    removeOrphans: false,
    ...more,
  };
}

type Change = Partial<ObservedContainer> & {
  readonly networks?: readonly string[];
  readonly mounts?: readonly string[];
};

/** A container as an `up` of the project has left it. @param called `web-1` */
export function container(
  project: Project,
  called: string,
  { networks, mounts, ...change }: Change = {},
): ObservedContainer {
  const [service = '', number = ''] = called.split('-');
  const settings = project.services[service] ?? {};
  return {
    id: `id-${called}`,
    name: containerName(project, service, settings, Number(number)),
    service,
    number: Number(number),
    oneOff: false,
    state: 'running',
    hash: configHash(settings),
    imageId: '',
    dependencies: {},
    ...change,
    summary: {
      Id: `id-${called}`,
      Names: [],
      Image: '',
      Command: '',
      Created: 0,
      State: '',
      Status: '',
      ...(mounts && { Mounts: mounts.map((Name) => ({ Type: 'volume', Name, Destination: `/${Name}` })) }),
      ...(networks && {
        NetworkSettings: { Networks: Object.fromEntries(networks.map((one) => [one, { NetworkID: `id-${one}` }])) },
      }),
    },
  };
}

/** Everything the project wants is there, one container a service unless others are named. */
export function observed(
  { project, services }: Pick<Wished, 'project' | 'services'>,
  containers: readonly ObservedContainer[] = services.map((name) => container(project, `${name}-1`)),
): Observed {
  const labels = { 'com.docker.compose.project': project.name };
  return {
    containers,
    networks: Object.fromEntries(
      Object.entries(project.networks).map(([key, { name }]) => [key, { id: `id-${name}`, name, labels }]),
    ),
    volumes: Object.fromEntries(Object.entries(project.volumes).map(([key, { name }]) => [key, { name, labels }])),
  };
}

export const nothing: Observed = { containers: [], networks: {}, volumes: {} };

/** `create-container web-1 (missing)` */
export function lines(steps: readonly Step[]): readonly string[] {
  return steps.map((step) => `${line(step)} (${step.because})`);
}

/** What a step waits for, by the step. */
export function waits(steps: readonly Step[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(steps.map((step) => [line(step), step.after.map(line)]));
}

function line({ operation }: Step): string {
  return `${operation.do} ${subject(operation)}`;
}

function subject(operation: Operation): string {
  switch (operation.do) {
    case 'pull-image':
    case 'build-image':
      return operation.service;
    case 'remove-image':
      return operation.image;
    case 'create-network':
    case 'create-volume':
    case 'replace-network':
    case 'replace-volume':
      return operation.key;
    case 'remove-network':
      return operation.network.name;
    case 'remove-volume':
      return operation.name;
    case 'create-container':
      return `${operation.service}-${String(operation.number)}`;
    case 'recreate-container':
      return operation.old.id.slice('id-'.length);
    case 'start-container':
    case 'stop-container':
    case 'kill-container':
    case 'restart-container':
    case 'remove-container':
    case 'pause-container':
    case 'unpause-container':
      return operation.container.id.slice('id-'.length);
    case 'wait':
      return `${operation.containers.map(({ id }) => id.slice('id-'.length)).join('+')} ${operation.until}`;
  }
}
