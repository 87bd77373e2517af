/**
 * The write-ahead journal of one run: a file of JSON lines. An entry written with `keep` is on the disk, not only in
 * the system's cache, when the promise resolves; only then may the engine be asked. Nothing else happens meanwhile, so
 * it is written while everything waits; only its beginning comes ahead of need.
 */
import { appendFileSync, closeSync, fdatasyncSync, fsync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { inStateFolder, makeJournalFolder } from '../../state/places.ts';
import { ownName } from '../../state/process-identity.ts';
import { applyTo } from './entries.ts';
import { journalPath } from './files.ts';
import type { Holding, Entry, Header, Intended } from './entries.ts';

export interface Journal {
  readonly run: string;
  /** Makes sure that the journal exists: needed before the first labelled thing is made. */
  begin(): Promise<void>;
  /** Records what is about to be made, on disk. Several cost as much as one. @returns their numbers */
  intend(plans: readonly Intended[]): Promise<readonly number[]>;
  /** Not forced to disk: an intent without its outcome is resolved by looking at the engine. */
  outcome(n: number, ids: readonly string[], foreign?: boolean): Promise<void>;
  /** On disk: a name given up may be the user's next. */
  release(ns: readonly number[]): Promise<void>;
  claims(): readonly Holding[];
  /** Whether there is anything on disk. */
  isBegun(): boolean;
  /** Closes the file. `settled`: no request is on its way any more. Nothing to do where nothing was written. */
  end(settled: boolean): Promise<void>;
}

/** Nothing is on disk until the first call that must be. `header` is asked for once, then. */
export function openJournal(folder: string, run: string, header: () => Promise<Header>): Journal {
  const claims = new Map<number, Holding>();
  /** Its descriptor. */
  let file: Promise<number> | undefined;
  let count = 0;
  let isClosed = false;
  /** The disk took a part of a line perhaps: the next one must not be added to it. */
  let isTorn = false;

  function begun(): Promise<number> {
    const creating = header().then((first) => createFile(folder, run, first));
    // nothing was made yet: the next call may try again
    creating.catch(() => (file = undefined));
    return creating;
  }

  async function write(
    entries: readonly Exclude<Entry, Header | { type: 'handed-on' }>[],
    keep: boolean,
  ): Promise<void> {
    for (const entry of entries) if (entry.type !== 'ended') applyTo(claims, entry);
    const descriptor = await (file ??= begun());
    if (entries.length === 0) return;
    await inStateFolder(dirname(folder), () => {
      const start = isTorn ? '\n' : '';
      isTorn = true;
      appendFileSync(descriptor, start + entries.map(asLine).join(''));
      isTorn = false;
      if (keep) fdatasyncSync(descriptor);
    });
  }

  return {
    run,
    begin: () => write([], true),
    async intend(plans) {
      const entries = plans.map((plan) => ({ type: 'intent' as const, n: ++count, plan }));
      if (entries.length > 0) await write(entries, true);
      return entries.map(({ n }) => n);
    },
    outcome: (n, ids, foreign) =>
      write([{ type: 'outcome', n, ids, ...(foreign !== undefined && { foreign }) }], false),
    release: async (ns) => {
      if (ns.length > 0)
        await write(
          ns.map((n) => ({ type: 'released', n })),
          true,
        );
    },
    claims: () => [...claims.values()],
    isBegun: () => file !== undefined,
    async end(settled) {
      // why it could not begin was told to whoever wanted to write
      const descriptor = await file?.catch(() => undefined);
      if (descriptor === undefined || isClosed) return;
      isClosed = true;
      try {
        if (settled) await write([{ type: 'ended' }], false);
      } finally {
        closeSync(descriptor);
      }
    },
  };
}

/** @returns its descriptor */
async function createFile(folder: string, run: string, header: Header): Promise<number> {
  return inStateFolder(dirname(folder), async () => {
    makeJournalFolder(folder);
    const descriptor = begunFile(folder, run, asLine(header));
    await Promise.all([onDisk(descriptor), keepFolder(folder), keepFolder(dirname(folder))]);
    return descriptor;
  });
}

/** It is there with its header or not at all: without one, nobody could tell whose it is. */
function begunFile(folder: string, run: string, header: string): number {
  const half = join(folder, `.${ownName()}`);
  const descriptor = openSync(half, 'ax', 0o600);
  try {
    appendFileSync(descriptor, header);
    renameSync(half, journalPath(folder, run));
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    rmSync(half, { force: true });
    throw error;
  }
}

const onDisk = promisify(fsync);

/** A new file's name is on disk only once its folder is. */
async function keepFolder(folder: string): Promise<void> {
  // Windows cannot open folders, and needs not
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    await onDisk(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function asLine(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`;
}
