/** The world as it is: files, programs and the engine of this machine. Each wait has a limit. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { diskFiles } from '../../engine/config/disk-files.ts';
import type { Endpoint } from '../../engine/engine.ts';
import { Failure } from '../../failure.ts';
import { readSmallFile } from '../../state/small-file.ts';
import { stateFolderFault, temporaryFolder } from '../../state/places.ts';
import { limited } from '../../waits/waits.ts';
import { machineFacts } from '../machine.ts';
import { openDeep } from './deep-side.ts';
import { openEngineSide } from './engine-side.ts';
import { kernelConfig } from './kernel-config.ts';
import { ranProgram } from './programs.ts';
import type { World } from './world.ts';

export interface Wish {
  readonly host?: string;
  readonly context?: string;
  readonly lab?: boolean;
  /** Where the lab is, with `lab`. */
  readonly endpoint?: Endpoint;
  readonly signal: AbortSignal;
}

export interface OpenWorld extends World {
  /** Removes what was made, and lets go of the engine. @returns what could not be removed */
  close(): Promise<readonly string[]>;
}

/** A disk behind a network that is gone answers never. Milliseconds. */
const roomLimit = 5_000;

export function thisWorld(wish: Wish): OpenWorld {
  const { signal, host, context, lab } = wish;
  const engine = openEngineSide(wish, process.env);
  const deep = openDeep(() => engine.connected(), process.env, signal);
  const machine = machineFacts();
  return {
    env: process.env,
    home: homedir(),
    cwd: workingFolder(),
    hostName: hostname(),
    machine,
    signal,
    wish: { host, context, ...(lab !== undefined && { lab }) },
    now: () => Date.now(),
    text,
    configFiles: diskFiles,
    exists: existsSync,
    isProgram,
    run: (program, args) => ranProgram(program, args, signal),
    room: (path) =>
      limited(roomLimit, signal, async (over) => {
        const late = new Promise<undefined>((resolve) => over.addEventListener('abort', () => resolve(undefined)));
        return Promise.race([late, roomAt(path)]);
      }),
    kernelConfig,
    places: () => [stateFolderFault(process.env), temporaryFault()].filter((one) => one !== undefined),
    engine,
    deep,
    async close() {
      const left = await deep.close();
      engine.close();
      return left;
    },
  };
}

async function roomAt(path: string): Promise<Awaited<ReturnType<World['room']>>> {
  try {
    const { bsize, blocks, bavail, files, ffree } = await statfs(path);
    return { free: bavail * bsize, size: blocks * bsize, freeFiles: ffree, files };
  } catch {
    // not there, or closed to us
    return undefined;
  }
}

/** Of a file that is small, or made by the kernel. */
function text(path: string): string | undefined {
  try {
    return readSmallFile(path);
  } catch {
    // closed to us: it tells nothing
    return undefined;
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // not there, or not to be run by this user
    return false;
  }
}

function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    // it was removed
    return homedir();
  }
}

function temporaryFault(): Failure | undefined {
  try {
    temporaryFolder();
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
