/** What a build context leaves out: the rules of .dockerignore, read and matched as moby/patternmatcher does. Pure. */
import { Stopped } from '../plan/effects.ts';
import { BadPattern, ignorePattern } from './ignore-pattern.ts';
import type { IgnorePattern } from './ignore-pattern.ts';

export interface IgnoreRules {
  /** @param path relative to the context, with slashes @param above what was found of the folder it is in; absent at the top */
  judge(path: string, above?: Judgement): Judgement;
  /** Whether a folder that is skipped must be looked into, because a `!` rule names something in it. */
  holdsExceptions(folder: string): boolean;
}

/** What the rules say of one path. */
export interface Judgement {
  readonly skipped: boolean;
  /** Of each pattern, whether it fits the path or a folder above it. */
  readonly fitting: readonly boolean[];
}

/**
 * @param text of the ignore file; undefined where there is none
 * @param always paths that are sent whatever the rules say
 * @throws Stopped in the docker CLI's words where a pattern is none
 */
export function ignoreRules(text: string | undefined, always: readonly string[]): IgnoreRules {
  return inDockersWords(() => {
    const written = readIgnoreFile(text ?? '').map(ignorePattern);
    const kept = always.filter((path) => skips(written, path)).map((path) => ignorePattern(`!${path}`));
    const patterns = [...written, ...kept];
    const exceptions = patterns.filter(({ exception }) => exception).map((pattern) => `${pattern.text}/`);
    return {
      judge: (path, above) => inDockersWords(() => judge(patterns, path, above)),
      holdsExceptions: (folder) => exceptions.some((path) => path.startsWith(`${folder}/`)),
    };
  });
}

function inDockersWords<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof BadPattern ? new Stopped(`error checking context: ${error.message}`) : error;
  }
}

/** MatchesUsingParentResults: the last pattern that fits decides, and what fits a folder fits all in it. */
function judge(patterns: readonly IgnorePattern[], path: string, above: Judgement | undefined): Judgement {
  let skipped = false;
  const fitting = patterns.map((pattern, at) => {
    const inherited = above?.fitting[at] === true;
    // it could change nothing
    if (!inherited && pattern.exception !== skipped) return false;
    const fits = inherited || pattern.fits(path);
    if (fits) skipped = !pattern.exception;
    return fits;
  });
  return { skipped, fitting };
}

/** Matches, the older way, which the docker CLI still asks for the Dockerfile: of the folders above it looks at one. */
function skips(patterns: readonly IgnorePattern[], path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return patterns.reduce((skipped, { exception, text, fits }) => {
    if (exception !== skipped) return skipped;
    const depth = text.split('/').length;
    const found = fits(path) || (depth <= folders.length && fits(folders.slice(0, depth).join('/')));
    return found ? !exception : skipped;
  }, false);
}

/** Rules relative to the context, cleaned: `/a/./b/` is `a/b`. A comment starts in the first column (moby, ignorefile). */
export function readIgnoreFile(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => cleaned(line.startsWith('!') ? `!${relative(line.slice(1).trim())}` : relative(line)));
}

function relative(pattern: string): string {
  const clean = pattern === '' ? '' : cleaned(pattern);
  return clean.length > 1 ? clean.replace(/^\//, '') : clean;
}

/** Go's filepath.Clean. */
function cleaned(path: string): string {
  const root = path.startsWith('/') ? '/' : '';
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || root === '') parts.push(part);
  }
  return `${root}${parts.join('/')}` || '.';
}
