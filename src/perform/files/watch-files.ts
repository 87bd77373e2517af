/**
 * Waits until files have changed. They are looked at again and again, and not reported by the system: what is reported
 * differs from system to system, gets lost for folders that are new, and is missing for files of another machine.
 */
import { lstat, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ignoreRules } from '../../archive/dockerignore.ts';
import type { IgnoreRules, Judgement } from '../../archive/dockerignore.ts';
import type { Effect, FilePatterns, FilesChanged, SeenFile, WatchedPlace } from '../../plan/effects.ts';

/** Milliseconds between two looks: what changes within them is told together. */
const restMs = 500;
/** A look at many files takes its time: at most a part of all time goes into looking. */
const share = 4;

export async function watchFiles(
  { places, seen }: Extract<Effect, { do: 'watch-files' }>,
  signal: AbortSignal,
): Promise<FilesChanged> {
  const watched = places.map(watchedBy);
  const look = async (): Promise<Map<string, SeenFile>> => {
    const found = new Map<string, SeenFile>();
    for (const [index, one] of watched.entries()) await add(one.path, { ...one, index, found, signal });
    return found;
  };
  if (seen === undefined) {
    const first = await look();
    return { seen: first, there: [...first.values()], gone: [] };
  }
  for (let last = seen, ms = restMs; ;) {
    await wait(ms, undefined, { signal });
    const began = performance.now();
    const now = await look();
    ms = Math.max(restMs, share * (performance.now() - began));
    const news = difference(seen, now);
    const isAtRest = isEmpty(difference(last, now));
    if (isAtRest && !isEmpty(news)) return { seen: now, ...news };
    last = now;
  }
}

type Difference = Pick<FilesChanged, 'there' | 'gone'>;

function difference(before: ReadonlyMap<string, SeenFile>, now: ReadonlyMap<string, SeenFile>): Difference {
  return {
    there: [...now].flatMap(([key, file]) => (before.get(key)?.mark === file.mark ? [] : [file])),
    gone: [...before].flatMap(([key, file]) => (now.has(key) ? [] : [file])),
  };
}

function isEmpty({ there, gone }: Difference): boolean {
  return there.length + gone.length === 0;
}

interface Watched {
  readonly path: string;
  /** Nothing of a folder that is left out is looked at. */
  leavesOut(path: string, isFolder: boolean): boolean;
  includes(path: string): boolean;
}

function watchedBy({ path, ignored, included }: WatchedPlace): Watched {
  const judges = ignored.map(judgeOf);
  const wanted = included && judgeOf(included);
  return {
    path,
    leavesOut: (file, isFolder) =>
      judges.some((judge) => judge(file, (rules, name) => !isFolder || !rules.holdsExceptions(name))),
    includes: (file) => wanted?.(file, () => true) ?? true,
  };
}

type Judge = (path: string, also: (rules: IgnoreRules, name: string) => boolean) => boolean;

/** Whether patterns fit a path, or a folder that it is in. */
function judgeOf({ below, patterns }: FilePatterns): Judge {
  const rules = ignoreRules(patterns.join('\n'), []);
  return (path, also) => {
    const name = relative(below, path).replaceAll(sep, '/');
    if (name === '' || name.startsWith('../') || name === '..') return false;
    let judged: Judgement | undefined;
    let above = '';
    for (const part of name.split('/')) {
      above = above === '' ? part : `${above}/${part}`;
      judged = rules.judge(above, judged);
    }
    return judged?.skipped === true && also(rules, name);
  };
}

interface Looking extends Watched {
  readonly index: number;
  readonly found: Map<string, SeenFile>;
  readonly signal: AbortSignal;
}

/** Files, and links as such. What goes away meanwhile, or is closed to us, is not there. */
async function add(path: string, at: Looking): Promise<void> {
  at.signal.throwIfAborted();
  const stats = await lstat(path).catch(() => undefined);
  if (!stats || at.leavesOut(path, stats.isDirectory())) return;
  if (stats.isDirectory()) {
    for (const name of await readdir(path).catch(() => [])) await add(join(path, name), at);
    return;
  }
  if ((!stats.isFile() && !stats.isSymbolicLink()) || !at.includes(path)) return;
  const { mtimeMs, size, mode, ino } = stats;
  const mark = [mtimeMs, size, mode, ino].join(' ');
  at.found.set(`${String(at.index)} ${path}`, { path, place: at.index, written: mtimeMs, mark });
}
