/**
 * What a build context leaves out: the rules of .dockerignore, read as moby's ignorefile does and matched by
 * @balena/dockerignore, whose semantics are Docker's and not git's.
 */
import { Stopped } from '../plan/effects.ts';

export interface IgnoreRules {
  /** @param path relative to the context, with slashes */
  skips(path: string): boolean;
  /** Whether a folder that is skipped must be looked into, because a `!` rule names something in it. */
  holdsExceptions(folder: string): boolean;
}

/** @param text of the ignore file; undefined where there is none. @param always paths that are sent whatever the rules say */
export async function ignoreRules(text: string | undefined, always: readonly string[]): Promise<IgnoreRules> {
  const written = readIgnoreFile(text ?? '');
  if (written.length === 0) return { skips: () => false, holdsExceptions: () => false };
  const excluded = await matcher(written);
  const kept = always.filter(excluded).map((path) => `!${path}`);
  const rules = [...written, ...kept];
  const exceptions = rules.filter((rule) => rule.startsWith('!')).map((rule) => `${rule.slice(1)}/`);
  return {
    skips: kept.length === 0 ? excluded : await matcher(rules),
    holdsExceptions: (folder) => exceptions.some((path) => path.startsWith(`${folder}/`)),
  };
}

async function matcher(rules: readonly string[]): Promise<(path: string) => boolean> {
  // a CommonJS module: its function is the default of what an import gives as default
  const { default: module } = await import('@balena/dockerignore');
  try {
    const found = module.default().add([...rules]);
    // a pattern is compiled when it is first used
    found.ignores('x');
    return (path) => found.ignores(path);
  } catch {
    throw new Stopped('error checking context: syntax error in pattern');
  }
}

/** Rules relative to the context, cleaned: `/a/./b/` is `a/b`. A comment starts in the first column. */
export function readIgnoreFile(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '!')
    .map((line) => (line.startsWith('!') ? `!${cleaned(line.slice(1).trim())}` : cleaned(line)));
}

/** Go's filepath.Clean, without the slash in front. */
function cleaned(pattern: string): string {
  const parts: string[] = [];
  for (const part of pattern.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !pattern.startsWith('/')) parts.push(part);
  }
  return parts.join('/') || '.';
}
