/** The texts of a workspace that is not made yet, as far as they are known: what the lesson brings, and its steps write. */
import { relative, resolve } from 'node:path';
import type { Request } from '../api/request.ts';
import type { Effect } from '../plan/effects.ts';
import type { WriteAction } from '../scenario/schema.ts';
import { isInWorkspace } from './workspace-limits.ts';
import type { WorkspaceView } from './workspace-limits.ts';
import { assertInWorkspace, textAfter } from './written-text.ts';

export interface KnownFiles {
  /** @param path absolute, or from the workspace */
  read(path: string): string | undefined;
  /** @throws Failure where the step cannot write this, as far as is known */
  write(write: WriteAction['write']): void;
  /** A command may have changed them: what a step replaces then is seen when it does. */
  doubt(): void;
}

/** @param brought text of a file that the workspace starts with, by its path there */
export function knownFiles(brought: (path: string) => string | undefined, place: WorkspaceView): KnownFiles {
  const written = new Map<string, string>();
  let isCertain = true;
  const within = (path: string): string => relative(place.workspace, resolve(place.workspace, path));
  const textOf = (path: string): string | undefined => written.get(path) ?? brought(path);
  return {
    read: (path) => (isInWorkspace(path, place) ? textOf(within(path)) : undefined),
    write(write) {
      assertInWorkspace(write.path, place);
      const before = textOf(within(write.path));
      try {
        written.set(within(write.path), textAfter(write, before));
      } catch (error) {
        if (isCertain && before !== undefined) throw error;
      }
    },
    doubt() {
      isCertain = false;
    },
  };
}

/** Whether the effect may change files of the workspace: it writes one, or gives the folder to a container. */
export function mayChangeFiles(effect: Effect, { workspace }: WorkspaceView): boolean {
  const names = ({ body }: Request): boolean => JSON.stringify(body ?? null).includes(workspace);
  switch (effect.do) {
    case 'save':
    case 'store':
      return true;
    case 'ask':
    case 'follow':
    case 'open':
      return names(effect.request) || effect.request.session?.output !== undefined;
    case 'ask-all':
      return effect.requests.some(names);
    // their plans are watched themselves
    case 'together':
    case 'until-interrupted':
    case 'drain':
    case 'drain-all':
    case 'read':
    case 'write':
    case 'load':
    case 'look':
    case 'question':
    case 'read-stdin':
    case 'find-login':
    case 'ask-registry':
    case 'keep-login':
    case 'forget-login':
    case 'pause':
    case 'watch-files':
    case 'contexts':
    case 'foresee':
    case 'note':
    case 'name-cause':
      return false;
  }
}
