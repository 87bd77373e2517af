/**
 * What the containers of a run mount of this machine stays what it was when it was looked at.
 *
 * The engine takes a mount's source by its name, and again at each start: at `start` and `restart`, by a restart policy,
 * for a task, for `docker cp`. Were a part of that name a link by then, the engine would mount what the link leads to. So
 * the name that is sent is the real one, without links; and nobody can put a link into it:
 * - A container can change what is in a folder that it may write to, not the name of the folder itself. No container of the
 *   run is given a writable folder above a source of any other, nor one below it a source, in whatever order they are made,
 *   for as long as the run lasts. Whether the two still exist is not asked: then what is allowed does not depend on when
 *   the engine starts what, nor on whether it is this machine whose links are read here.
 * - This process makes links where an archive of `docker cp` has some: never at a source or above one (`isMounted`).
 * So there is no time between look and mount in which anything could change. The look before each request is there for
 * what others do to the workspace.
 */
import { resolve } from 'node:path';
import { belowWritable, isBelow, withHostPaths } from '../../api/host-paths.ts';
import type { HostPath } from '../../api/host-paths.ts';
import type { Request } from '../../api/request.ts';
import type { Bounds } from '../../disk/held.ts';
import { Failure } from '../../failure.ts';

export interface PinnedPaths extends Bounds {
  /**
   * The request with the real paths of what it mounts, pinned from now on.
   * @throws Failure (exit code 2) where one is outside the workspace, or could be changed by who mounts another
   */
  pin(request: Request): Request;
  /** @throws Failure (exit code 4) where a name that is pinned leads elsewhere by now */
  assertUnmoved(): void;
}

export interface PinningView {
  /** Absolute. */
  readonly workspace: string;
  /** The path with its links followed, as far as it exists. */
  real(path: string): string;
}

export function pinnedPaths({ workspace, real }: PinningView): PinnedPaths {
  const pinned: HostPath[] = [];
  const base = real(workspace);
  function realOf(path: string): string {
    const found = real(resolve(workspace, path));
    if (found !== base && !isBelow(found, base)) throw outside(path);
    // in `source:target` it would end the source
    if (found.replace(/^[A-Za-z]:[\\/]/, '').includes(':') && found !== path) throw outside(path);
    return found;
  }
  return {
    folder: base,
    pin(request) {
      if (!request.body) return request;
      const found: HostPath[] = [];
      const body = withHostPaths(request.body, ({ path, writable }) => {
        const source = realOf(path);
        found.push({ path: source, writable });
        return source;
      });
      if (found.length === 0) return request;
      const unsafe = belowWritable([...pinned, ...found]);
      if (unsafe) throw below(unsafe);
      pinned.push(...found);
      return { ...request, body };
    },
    assertUnmoved() {
      const moved = pinned.find(({ path }) => real(path) !== path);
      if (moved) throw changed(moved.path);
    },
    isMounted: (path) => pinned.some((one) => one.path === path || isBelow(one.path, path)),
  };
}

function below({ path, above }: { readonly path: string; readonly above: string }): Failure {
  return new Failure(`${path} is mounted, and ${above} above it too, to be written to.`, {
    code: 'E-MOUNT-BELOW-WRITABLE',
    exitCode: 2,
    hints: [
      'Mount the upper folder read-only (:ro), or the same folder in both places, or two that lie side by side.',
      'A scenario that must do so says it: requires: { permissions: [bind-outside-workspace] }',
    ],
    args: { path, above, permission: 'bind-outside-workspace' },
  });
}

function outside(path: string): Failure {
  return new Failure(`The command needs the permission bind-outside-workspace: it mounts ${path}.`, {
    code: 'permission-missing',
    exitCode: 2,
    hints: ['A scenario that may do so says it: requires: { permissions: [bind-outside-workspace] }'],
    args: { permission: 'bind-outside-workspace' },
  });
}

function changed(path: string): Failure {
  return new Failure(
    `${path} is mounted, and is not any more what it was: a link has taken its place or one above it.`,
    {
      code: 'E-PATH-CHANGED',
      exitCode: 4,
      hints: ['Leave the folders of a lesson that runs as they are.'],
      args: { path },
    },
  );
}
