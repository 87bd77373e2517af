/** The folders of a build as a session sends them: the context, held in its bounds, and the Dockerfile as it was judged. */
import { lstat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { Buffer } from 'node:buffer';
import { dirname, join } from 'node:path';
import { contextEntries } from '../../archive/context-entries.ts';
import { ignoreRules } from '../../archive/dockerignore.ts';
import type { IgnoreRules, Judgement } from '../../archive/dockerignore.ts';
import { firstName } from '../../archive/tar.ts';
import { holdIn, openIn } from '../../disk/held.ts';
import type { Held } from '../../disk/held.ts';
import type { Asked, SyncedEntry, SyncedFolder } from './file-sync.ts';
import { goMode } from './sync-packets.ts';

/** @param folder held as long as it may be asked for */
export function contextFolder(folder: Held, signal: AbortSignal): SyncedFolder {
  return async function* (asked) {
    // what a link leads to is not among the names that are asked for: then all is sent
    const only = asked.only.length > 0 && (await hasLinks(folder, asked, signal)) ? [] : asked.only;
    const rules = rulesFor({ ...asked, only });
    const sent = new Set<string>();
    const first = new Map<string, string>();
    for await (const { name, stats, link } of contextEntries(folder, rules, signal)) {
      // a folder that is left out is sent all the same where something in it is not
      for (const above of foldersAbove(name))
        if (!sent.has(above)) {
          sent.add(above);
          yield entryOf(folder, above, await lstat(join(folder.path, above)));
        }
      sent.add(name);
      yield entryOf(folder, name, stats, link ?? (stats.isFile() ? firstName(stats, name, first) : undefined));
    }
  };
}

/** Texts at hand, by their names. */
export function textFolder(files: ReadonlyMap<string, Buffer>): SyncedFolder {
  return async function* (asked) {
    const rules = rulesFor(asked);
    for (const [name, content] of [...files].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
      if (rules.judge(name).skipped) continue;
      const stat = { path: name, mode: 0o644, size: content.length, time: 0 };
      yield { stat, read: () => Promise.resolve(once(content)) };
    }
  };
}

async function* once(content: Uint8Array): AsyncIterable<Uint8Array> {
  yield content;
}

function entryOf(folder: Held, name: string, stats: Stats, link?: string): SyncedEntry {
  const stat = {
    path: name,
    mode: goMode(stats) ?? 0,
    size: stats.isFile() ? stats.size : 0,
    time: stats.mtimeMs,
    ...(link !== undefined && { link }),
  };
  return stats.isFile() ? { stat, read: async () => contentOf(folder, name) } : { stat };
}

async function contentOf(folder: Held, name: string): Promise<AsyncIterable<Uint8Array> | undefined> {
  const file = await openBelow(folder, name.split('/'));
  return file?.createReadStream();
}

/** No link is followed on the way. */
async function openBelow(folder: Held, [first = '', ...rest]: readonly string[]): Promise<FileHandle | undefined> {
  if (rest.length === 0) return openIn(folder, first);
  const inner = await holdIn(folder, first);
  try {
    return inner.stats.isDirectory() ? await openBelow(inner, rest) : undefined;
  } finally {
    await inner.close();
  }
}

function foldersAbove(name: string): readonly string[] {
  const above = dirname(name);
  return above === '.' || above === '/' ? [] : [...foldersAbove(above), above];
}

/** Whether what is asked for may lie behind a link. */
async function hasLinks(folder: Held, { without, only }: Asked, signal: AbortSignal): Promise<boolean> {
  for (const path of only.filter((pattern) => !hasWildcard(pattern)))
    for (const part of [...foldersAbove(path), path]) {
      const stats = await lstat(join(folder.path, part)).catch(() => undefined);
      if (stats?.isSymbolicLink()) return true;
    }
  if (!only.some(hasWildcard)) return false;
  for await (const { stats } of contextEntries(folder, rulesFor({ without, only: [] }), signal))
    if (stats.isSymbolicLink()) return true;
  return false;
}

function hasWildcard(pattern: string): boolean {
  return /[*?[\]\\]/.test(pattern);
}

/** Left out is what the first patterns fit, and what none of the second does. */
function rulesFor({ without, only }: Asked): IgnoreRules {
  const out = ignoreRules(without.join('\n'), []);
  if (only.length === 0 || only.some(isUnclear)) return out;
  const wanted = ignoreRules(only.join('\n'), []);
  const count = ignoreRules(without.join('\n'), []).judge('').fitting.length;
  const halves = (judged?: Judgement): readonly [Judgement, Judgement] | [] =>
    judged
      ? [
          { skipped: false, fitting: judged.fitting.slice(0, count) },
          { skipped: false, fitting: judged.fitting.slice(count) },
        ]
      : [];
  return {
    judge(path, above) {
      const [outAbove, wantedAbove] = halves(above);
      const [left, chosen] = [out.judge(path, outAbove), wanted.judge(path, wantedAbove)];
      return { skipped: left.skipped || !chosen.skipped, fitting: [...left.fitting, ...chosen.fitting] };
    },
    // a folder that is not chosen may hold what is
    holdsExceptions: (path) => {
      const leftOut = out.judge(path).skipped && !out.holdsExceptions(path);
      return !leftOut && only.some((pattern) => mayHold(path, pattern.replace(/^\//, '')));
    },
  };
}

/** The whole folder, or what would be no pattern: a comment, an exception. */
function isUnclear(path: string): boolean {
  return /^\/?\.?\/?$|^[#!]|^\s|\s$/.test(path);
}

/** Whether something in the folder may fit the pattern. */
function mayHold(folder: string, pattern: string): boolean {
  return hasWildcard(pattern) || pattern.startsWith(`${folder}/`);
}
