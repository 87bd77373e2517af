/** A build context that is handed over file by file, in a session. */
import { Buffer } from 'node:buffer';
import { existsSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import type { Held } from '../disk/held.ts';
import { dockerfileOf, heldContext, ownIgnoreText } from './build-context.ts';
import type { ContextFolder, ContextSurroundings } from './build-context.ts';

export interface SyncedContext {
  readonly folder: Held;
  /** The Dockerfile, and the ignore rules that are for it alone, by the names BuildKit asks for. */
  readonly dockerfiles: ReadonlyMap<string, Buffer>;
  /** Gives the folder free. */
  close(): void;
}

/** @throws Stopped in the docker CLI's words where folder or Dockerfile cannot be read */
export async function openSyncedContext(context: ContextFolder, around: ContextSurroundings): Promise<SyncedContext> {
  const folder = await heldContext(context.folder, around);
  try {
    const content = isMissing(context, around) ? undefined : (await dockerfileOf(folder.real, context, around)).content;
    // that there is none is for the engine to say, and it gets none that comes later
    around.tellDockerfile?.(content?.toString('utf8') ?? '');
    const name = context.sentAs ?? posix.basename(context.dockerfile.replaceAll('\\', '/'));
    const own = await ownIgnoreText(folder.real, context.dockerfile, around);
    const dockerfiles = new Map(content === undefined ? [] : [[name, content]]);
    if (own !== undefined) dockerfiles.set(`${name}.dockerignore`, Buffer.from(own));
    return { folder, dockerfiles, close: () => void folder.close() };
  } catch (error) {
    await folder.close();
    throw error;
  }
}

function isMissing({ folder, dockerfile, inline }: ContextFolder, { cwd }: ContextSurroundings): boolean {
  return inline === undefined && dockerfile !== '-' && !existsSync(resolve(cwd, folder, dockerfile));
}
