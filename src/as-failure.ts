/** From whatever was thrown to a Failure. What this machine refuses is none of our bugs: a full disk, a folder that is closed to us. */
import { bug, Failure, isAbort } from './failure.ts';

/** What the work ended with: why it was interrupted, what it could not go on from, else a bug. */
export function asFailure(error: unknown, signal: AbortSignal): Failure {
  const found: unknown = isAbort(error, signal) ? signal.reason : error;
  return foreseen(found) ?? bug(found);
}

/** @returns undefined for a bug */
export function foreseen(error: unknown): Failure | undefined {
  return error instanceof Failure ? error : machineFailure(error);
}

/** Each as the end of a sentence. */
const words: Readonly<Record<string, string>> = {
  EACCES: 'you may not',
  EPERM: 'you may not',
  EROFS: 'its file system is read-only',
  ENOSPC: 'its disk is full',
  EDQUOT: 'your share of its disk is used up',
  EIO: 'its disk has an error',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENOMEM: 'no memory is left',
  ENOENT: 'it is not there',
  ENOTDIR: 'a file is where a folder would have to be',
  EISDIR: 'it is a folder',
  EEXIST: 'something else is in its place',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ESTALE: 'its server no longer knows it',
};

/** @returns why the system refused; its own words where these here have none */
export function whyRefused(error: unknown): string {
  const { code = '', message = String(error) } = error as NodeJS.ErrnoException;
  return words[code] ?? message;
}

/** Of any request to the system: it has come to an end of something. */
const exhausted: ReadonlySet<string> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'ESTALE',
]);

/** Of a request that names a file. Sockets and programs are refused in the same words, and those have causes of their own. */
const closed: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG', 'ENOTDIR']);
const notOfFiles = /^(?:connect|bind|listen|spawn|kill|getaddrinfo|setRawMode)/;

function machineFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '', syscall = '', path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && syscall === 'uv_cwd') return noWorkingFolder(error);
  const isOfFile = path !== undefined && closed.has(code) && !notOfFiles.test(syscall);
  if (syscall === '' || !(exhausted.has(code) || isOfFile)) return undefined;
  return new Failure(`${path ?? 'A file'} cannot be used: ${whyRefused(error)}.`, {
    code: 'E-FILE-REFUSED',
    exitCode: 4,
    args: { errno: code, path: path ?? '.' },
    evidence: [error.message],
    cause: error,
  });
}

function noWorkingFolder(cause: Error): Failure {
  return new Failure('The folder you are in is no longer there.', {
    code: 'E-WORKING-FOLDER',
    exitCode: 4,
    evidence: [cause.message],
    cause,
  });
}
