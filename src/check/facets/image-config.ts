/** What an image expectation can say about the config that containers start with. Pure. */
import type { ImageFields } from '../../scenario/expectation.ts';
import type { Facets } from './facets.ts';
import { labelsFacet } from './labels.ts';
import { listWords, pairWords } from './lists.ts';

type ConfigFields = NonNullable<ImageFields['config']>;
type Command = string | readonly string[];

export interface ImageConfigSeen {
  readonly Cmd?: readonly string[] | null;
  readonly Entrypoint?: readonly string[] | string | null;
  readonly Env?: readonly string[] | null;
  readonly ExposedPorts?: Readonly<Record<string, unknown>> | null;
  readonly WorkingDir?: string;
  readonly User?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly Healthcheck?: { readonly Test?: readonly string[] | null } | null;
}

export const imageConfigFacets: Facets<ConfigFields, ImageConfigSeen> = {
  entrypoint: {
    says: (command) => `has the entrypoint ${written(command)}`,
    expects: (command) => `entrypoint: ${written(command)}`,
    sees: ({ Entrypoint }) => `entrypoint: ${written(Entrypoint ?? [])}`,
    holds: ({ Entrypoint }, command) => isCommand(Entrypoint ?? [], command),
  },
  cmd: {
    says: (command) => `has the command ${written(command)}`,
    expects: (command) => `command: ${written(command)}`,
    sees: ({ Cmd }) => `command: ${written(Cmd ?? [])}`,
    holds: ({ Cmd }, command) => isCommand(Cmd ?? [], command),
  },
  env: {
    says: (env) => `sets ${pairWords(env)}`,
    expects: (env) => `environment: ${pairWords(env)}`,
    sees: ({ Env }, env) => `environment: ${listWords((Env ?? []).filter((one) => (one.split('=')[0] ?? '') in env))}`,
    holds: ({ Env }, env) => Object.entries(env).every(([name, value]) => (Env ?? []).includes(`${name}=${value}`)),
  },
  exposed: {
    says: (ports) => `exposes ${listWords(ports.map(String))}`,
    expects: (ports) => `exposed: ${listWords(ports.map(String))}`,
    sees: ({ ExposedPorts }) => `exposed: ${listWords(Object.keys(ExposedPorts ?? {}))}`,
    holds: ({ ExposedPorts }, ports) =>
      ports.every((port) => (String(port).includes('/') ? String(port) : `${port}/tcp`) in (ExposedPorts ?? {})),
  },
  workdir: {
    says: (folder) => `works in ${folder}`,
    expects: (folder) => `working directory: ${folder}`,
    sees: ({ WorkingDir }) => `working directory: ${(WorkingDir ?? '') || '/'}`,
    holds: ({ WorkingDir }, folder) => ((WorkingDir ?? '') || '/') === folder,
  },
  user: {
    says: (user) => `runs as ${user}`,
    expects: (user) => `user: ${user}`,
    sees: ({ User }) => `user: ${(User ?? '') || 'root, as none is set'}`,
    holds: ({ User }, user) => (User ?? '') === String(user),
  },
  labels: labelsFacet(({ Labels }) => Labels),
  healthcheck: {
    says: (wanted) => (wanted ? 'has a health check' : 'has no health check'),
    expects: (wanted) => `health check: ${wanted ? 'yes' : 'none'}`,
    sees: (seen) => `health check: ${hasCheck(seen) ? 'yes' : 'none'}`,
    holds: (seen, wanted) => hasCheck(seen) === wanted,
  },
};

/** One line means shell form, a list exec form: what the image holds differs. */
function isCommand(actual: readonly string[] | string, wanted: Command): boolean {
  const list = typeof actual === 'string' ? [actual] : actual;
  const words = typeof wanted === 'string' ? ['/bin/sh', '-c', wanted] : wanted;
  return list.length === words.length && list.every((word, index) => word === words[index]);
}

function written(command: Command): string {
  return typeof command === 'string' ? command : JSON.stringify(command);
}

function hasCheck({ Healthcheck }: ImageConfigSeen): boolean {
  const [first] = Healthcheck?.Test ?? [];
  return first !== undefined && first !== 'NONE';
}
