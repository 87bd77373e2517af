/** Contexts of a build beside the first: --build-context. Pure. */
import type { BuildContextValue } from '../../../command/values/build.ts';

/** Neither an image nor what the engine fetches. */
export function isFolder(from: string): boolean {
  return !/^(?:docker-image:\/\/|https?:\/\/|git:\/\/|ssh:\/\/|git@|github\.com\/)/.test(from);
}

/** As the session calls it: two names are taken (buildx, build/opt.go). */
export function folderName(name: string): string {
  return name === 'context' || name === 'dockerfile' ? `_${name}` : name;
}

/** As the frontend is told of them: a folder by what the session calls it. */
export function contextsQuery(contexts: readonly BuildContextValue[]): string {
  return JSON.stringify(
    Object.fromEntries(contexts.map(({ name, from }) => [name, isFolder(from) ? `local:${folderName(name)}` : from])),
  );
}
