/** What the lab remembers between two commands. Written whole and renamed into place, so that no reader sees half of it. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { LabPaths } from './folder.ts';

export interface LabState {
  readonly formatVersion: 1;
  /** The registry's, on 127.0.0.1. The engine was started with it as its mirror. */
  readonly registryPort: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly network: NetworkBefore;
}

/** How the network was before the engine changed it; `lab down` puts it back. */
export interface NetworkBefore {
  readonly docker0: boolean;
  /** Policy of the FORWARD chain; absent where iptables did not tell. */
  readonly forwardPolicy?: string;
  /** Content of /proc/sys/net/ipv4/ip_forward. */
  readonly ipForward?: string;
}

/** undefined where there is none, or none that can be read: then the lab is not up. */
export async function readState(paths: LabPaths): Promise<LabState | undefined> {
  const state = await readJson(paths.state);
  return isState(state) ? state : undefined;
}

export async function writeState(paths: LabPaths, state: LabState): Promise<void> {
  await writeJson(paths.state, state);
}

/** undefined where the file is missing or not JSON. */
export async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch {
    // No file, or one damaged by a full disk: it holds nothing that cannot be found out or made again.
    return undefined;
  }
}

export async function writeJson(file: string, value: unknown): Promise<void> {
  const draft = `${file}.${process.pid}.new`;
  await writeFile(draft, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
}

function isState(value: unknown): value is LabState {
  if (typeof value !== 'object' || value === null) return false;
  const state = value as Partial<Record<keyof LabState, unknown>>;
  return (
    state.formatVersion === 1 &&
    typeof state.registryPort === 'number' &&
    typeof state.startedAt === 'string' &&
    typeof state.network === 'object' &&
    state.network !== null
  );
}
