/** What a container may share with others, or with the engine's machine: networks, processes, memory, names. */
import { each, hostNetwork, named, privileged, unknownPart, unless } from './reference.ts';
import type { Reference, Rule } from './reference.ts';

/** Networks that the engine has of its own; `nat` is Windows’. */
export const ownNetworks: ReadonlySet<string> = new Set(['default', 'bridge', 'none', 'nat']);

const nameForm = /^[a-zA-Z0-9][\w.-]*$/;

export function network(name: string): readonly Reference[] {
  if (name === 'host') return [hostNetwork('uses the network of the engine’s machine itself')];
  if (ownNetworks.has(name)) return [];
  if (!nameForm.test(name)) throw unknownPart(`the network ${name}`);
  return [{ of: 'network', name, how: `joins the network ${name}` }];
}

/** Of a container, and of what a build runs. */
export const networkMode: Rule = named((mode) => sharedWith(mode, 'network') ?? network(mode));

export const pidMode = namespace('processes', []);
export const ipcMode = namespace('shared memory', ['none', 'private', 'shareable']);
export const utsMode = namespace('name', []);
export const usernsMode = namespace('users', []);
export const cgroupnsMode = namespace('control groups', ['private']);

/** @param own modes that share nothing with what is there already */
function namespace(what: string, own: readonly string[]): Rule {
  return named((mode) => {
    if (own.includes(mode)) return [];
    if (mode === 'host') return [privileged(`shares the ${what} of the engine’s machine`)];
    const shared = sharedWith(mode, what);
    if (shared === undefined) throw unknownPart(`the mode ${mode} (${what})`);
    return shared;
  });
}

function sharedWith(mode: string, what: string): readonly Reference[] | undefined {
  if (!mode.startsWith('container:')) return undefined;
  const name = mode.slice('container:'.length);
  return [{ of: 'container', name, how: `shares the ${what} of the container ${name}` }];
}

/** How Windows keeps containers apart. */
export const isolation: Rule = unless(['default', 'hyperv'], (name) => [privileged(`is isolated less (${name})`)]);

/** `name:address` of a container, `address name` of a service: the engine puts its machine's address for host-gateway. */
export const hostAliases: Rule = each(
  named((entry) =>
    /(?:^|[:=\s])host-gateway(?:\s|$)/.test(entry)
      ? [hostNetwork('gives the engine’s machine a name, to reach its ports')]
      : [],
  ),
);
