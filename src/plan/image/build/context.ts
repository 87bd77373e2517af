/** Where docker build takes its context and its Dockerfile from. */
import { load, note } from '../../ask.ts';
import { Stopped } from '../../effects.ts';
import type { Upload } from '../../../api/request.ts';
import type { Plan, PlanContext } from '../../effects.ts';
import { pathIn, relativePath } from '../../relative-path.ts';

export interface BuildSource {
  /** Absent where the engine fetches the context itself. */
  readonly upload?: Extract<Upload, { of: 'context' }>;
  /** Of the request. */
  readonly query: { readonly dockerfile?: string; readonly remote?: string };
  /** The Dockerfile's text, where it can be read before the build. */
  readonly text?: string;
}

/** @param where the folder, `-`, or a URL @param file what -f says @param inline the Dockerfile itself, in place of a file */
export function* buildSource(
  where: string,
  file: string | undefined,
  context: PlanContext,
  inline?: string,
): Plan<BuildSource> {
  if (where === '-' && file === '-')
    throw new Stopped("invalid argument: can't use stdin for both build context and dockerfile");
  if (where === '-')
    return {
      upload: { of: 'context', folder: '-', dockerfile: file ?? 'Dockerfile' },
      query: { dockerfile: file ?? 'Dockerfile' },
    };
  if (isRemote(where)) return remoteSource(where, file);
  if (inline !== undefined) return inlineSource(where, inline);
  if (file === '-') return outsideSource(where, '-', undefined);
  return yield* folderSource(where, file, context.cwd);
}

/** `http://…`, `git://…`, `git@host:…`, `github.com/…` (moby, builder/remotecontext/urlutil) */
function isRemote(where: string): boolean {
  return /^(?:https?:\/\/|git:\/\/|git@|github\.com\/)/.test(where);
}

/** The engine fetches it: the docker CLI's classic builder would fetch it here first, and build the same. */
function remoteSource(remote: string, file: string | undefined): BuildSource {
  if (file === '-')
    throw new Stopped(
      'docker-tutor takes the Dockerfile of a remote context from that context, not from standard input',
    );
  return { query: { remote, ...(file !== undefined && { dockerfile: file }) } };
}

function* folderSource(folder: string, file: string | undefined, cwd: string): Plan<BuildSource> {
  const { path, text } = yield* findDockerfile(folder, file);
  if (text === undefined) yield* note(`${path} cannot be read: a build needs its Dockerfile`);
  const dockerfile = relativePath(folder, path, cwd);
  if (dockerfile.startsWith('../') || dockerfile === '..') return outsideSource(folder, dockerfile, text);
  return { upload: { of: 'context', folder, dockerfile }, query: { dockerfile }, ...(text !== undefined && { text }) };
}

/** Without -f: Dockerfile, and dockerfile where only that is there. */
function* findDockerfile(folder: string, file: string | undefined): Plan<{ path: string; text: string | undefined }> {
  const usual = file ?? pathIn(folder, 'Dockerfile');
  const text = yield* readable(usual);
  if (text !== undefined || file !== undefined) return { path: usual, text };
  const lower = pathIn(folder, 'dockerfile');
  const lowerText = yield* readable(lower);
  return lowerText === undefined ? { path: usual, text } : { path: lower, text: lowerText };
}

/** What cannot be read is for the upload to complain of, in docker's words. */
function* readable(path: string): Plan<string | undefined> {
  try {
    return yield* load(path);
  } catch (error) {
    if (error instanceof Stopped) return undefined;
    throw error;
  }
}

/** A Dockerfile that is not in the context travels in it under a name that nobody else has. */
function outsideSource(folder: string, dockerfile: string, text: string | undefined): BuildSource {
  const sentAs = `.dockerfile.${fingerprint(`${folder}\n${dockerfile}`)}`;
  return {
    upload: { of: 'context', folder, dockerfile, sentAs },
    query: { dockerfile: sentAs },
    ...(text !== undefined && { text }),
  };
}

function inlineSource(folder: string, inline: string): BuildSource {
  const source = outsideSource(folder, '-', inline);
  return { ...source, ...(source.upload && { upload: { ...source.upload, inline } }) };
}

/** 20 hexadecimal digits, the same for the same text: a name that changed would spoil the build cache. */
function fingerprint(text: string): string {
  let digits = '';
  for (let round = 0; digits.length < 20; round += 1) {
    let hash = 0x811c9dc5 ^ round;
    for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    digits += hash.toString(16).padStart(8, '0');
  }
  return digits.slice(0, 20);
}
