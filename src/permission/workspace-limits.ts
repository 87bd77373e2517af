/** Where a scenario may reach, and what it needs leave for. */
import { resolve, sep } from 'node:path';
import type { Permission } from '../permission-name.ts';

export interface Need {
  readonly permission: Permission;
  /** Completes “It …”: `mounts /etc of the engine's machine`. */
  readonly what: string;
}

export interface WorkspaceView {
  /** Absolute. */
  readonly workspace: string;
  /** The path with its links followed, as far as it exists. */
  real(path: string): string;
}

/** Whether the path, links followed, is the workspace or in it. */
export function isInWorkspace(path: string, { workspace, real }: WorkspaceView): boolean {
  const [base, at] = [real(workspace), real(resolve(workspace, path))];
  return at === base || at.startsWith(base.endsWith(sep) ? base : base + sep);
}
