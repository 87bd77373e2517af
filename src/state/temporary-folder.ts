/** A folder of our own among the temporary ones, or in another folder, for as long as this process runs. */
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import { journalFolder } from './home.ts';
import { makeOwnFolder } from './own-things.ts';
import type { OwnThing } from './own-things.ts';
import { temporaryFolder, temporaryFolderFailure } from './places.ts';
import { newRunId } from './run-id.ts';

export interface TemporaryWish {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What its name begins with: `docker-tutor-ssh`. */
  readonly stem: string;
  /** Of the run that it belongs to; absent: it belongs to this process alone. */
  readonly run?: string;
  /** Folder that it is made in. Default: the temporary folder. */
  readonly parent?: string;
}

/** @throws Failure E-TEMP-FOLDER, E-STATE-FOLDER */
export function makeTemporaryFolder({ env, stem, run, parent = temporaryFolder() }: TemporaryWish): OwnThing {
  const fresh = (): string => newRunId(Date.now());
  const path = (): string => join(parent, `${stem}-${fresh()}`);
  try {
    return makeOwnFolder({ journals: journalFolder(env), id: run ?? fresh(), path });
  } catch (cause) {
    throw cause instanceof Failure ? cause : temporaryFolderFailure(parent, cause);
  }
}
