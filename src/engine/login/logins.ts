/** Logins for registries: how they travel, and where a lesson keeps them. Where the docker CLI keeps them: docker-logins.ts. */
import { Buffer } from 'node:buffer';
import type { Login } from '../../api/request.ts';
import { Failure } from '../../failure.ts';
import { isHub } from '../../image-name.ts';

export interface CredentialStore {
  /** @param server as serverOf gives it */
  find(server: string): Promise<Login | undefined>;
  /** Every login there is, for a build, whose base images may come from anywhere. */
  all(): Promise<readonly Login[]>;
  /** @returns the file where it lies unencrypted, where it does */
  keep(login: Login): Promise<string | undefined>;
  forget(server: string): Promise<void>;
}

/** The name under which Docker Hub's login is kept. */
export const hubServer = 'https://index.docker.io/v1/';

/** A registry as image names have it → as logins are kept: `docker.io` is Docker Hub's address, others are themselves. */
export function serverOf(registry: string): string {
  return isHub(registry) ? hubServer : registry;
}

/**
 * X-Registry-Auth of one registry, or X-Registry-Config of all. Engines refuse a push without the first, so nobody's login is sent as an empty one.
 * @param note told where a program that keeps logins fails: the registry is then asked without one
 */
export async function loginHeaders(
  registry: string,
  store: CredentialStore | undefined,
  note: (text: string) => void = () => undefined,
): Promise<Readonly<Record<string, string>>> {
  if (registry === 'all') {
    const logins = (await store?.all()) ?? [];
    if (logins.length === 0) return {};
    return { 'X-Registry-Config': encoded(Object.fromEntries(logins.map((login) => [login.server, wireForm(login)]))) };
  }
  const login = await store?.find(serverOf(registry)).catch((error: unknown) => {
    if (!(error instanceof Failure) || error.code !== 'E-CRED-HELPER') throw error;
    note(`${error.evidence.join(', ')}: ${registry} is asked without a login, as docker asks it then`);
    return undefined;
  });
  return { 'X-Registry-Auth': encoded(login ? wireForm(login) : {}) };
}

/** AuthConfig of the Engine API. */
function wireForm({ server, username, password, identityToken }: Login): Readonly<Record<string, string>> {
  if (identityToken !== undefined && identityToken !== '')
    return { identitytoken: identityToken, serveraddress: server };
  return { username, password: password ?? '', serveraddress: server };
}

/** The engine reads base64 of the URL-safe alphabet, with its padding. */
function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

/** Of the learner's logins those for registries that are among `named`, `ghcr.io`: where the learner has written them, no lesson can ask for others. */
export function loginsFor(
  named: readonly string[],
  own: Pick<CredentialStore, 'find'>,
): Pick<CredentialStore, 'find' | 'all'> {
  const servers = new Set(named.map(serverOf));
  return {
    find: async (server) => (servers.has(server) ? own.find(server) : undefined),
    async all() {
      // each is asked for by its name: who keeps another registry's login is not asked for it, and cannot fail
      const asked = new Set(named.filter(canBeRegistry).map(serverOf));
      const found = await Promise.all([...asked].map((server) => own.find(server)));
      return found.filter((login) => login !== undefined);
    },
  };
}

/** Whether an image's name can begin with it, as the `reference` package of the distribution project has it. */
function canBeRegistry(text: string): boolean {
  return text === 'localhost' || /^[^/]*[.:][^/]*$/.test(text);
}

/**
 * A lesson's logins: kept in memory for the length of the run. What the learner has is read from `own` and never changed;
 * a logout hides it from the lesson.
 */
export function lessonLogins(own?: Pick<CredentialStore, 'find' | 'all'>): CredentialStore {
  const kept = new Map<string, Login>();
  const hidden = new Set<string>();
  return {
    find: async (server) => kept.get(server) ?? (hidden.has(server) ? undefined : own?.find(server)),
    async all() {
      const theirs = (await own?.all()) ?? [];
      return [...theirs.filter(({ server }) => !kept.has(server) && !hidden.has(server)), ...kept.values()];
    },
    keep(login) {
      kept.set(login.server, login);
      return Promise.resolve(undefined);
    },
    forget(server) {
      kept.delete(server);
      hidden.add(server);
      return Promise.resolve();
    },
  };
}
