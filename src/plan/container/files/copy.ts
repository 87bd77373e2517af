/** docker cp: files between a container and here, by the engine's archive endpoints (docker/cli, cp.go; moby/go-archive, copy.go). */
import type { Command } from '../../../command/command.ts';
import type { containerCp } from '../../../command/tables/container.ts';
import { ask, complain, look, open, request, store } from '../../ask.ts';
import { Stopped } from '../../effects.ts';
import type { Upload } from '../../../api/request.ts';
import type { Handle, Plan, PlanContext } from '../../effects.ts';
import { baseOf, isFolderPath, joined, parentOf } from './paths.ts';
import { humanSize } from '../../../size.ts';

type CopyCommand = Command<(typeof containerCp)['flags']>;
type CopyFlags = CopyCommand['flags'];

interface CopyEnd {
  /** Empty: here. */
  readonly container: string;
  readonly path: string;
}

export function* copyFiles(
  { flags, operands: [source = '', destination = ''] }: CopyCommand,
  { terminal }: PlanContext,
): Plan {
  if (source === '') throw new Stopped('source can not be empty');
  if (destination === '') throw new Stopped('destination can not be empty');
  const [from, to] = [placeOf(source), placeOf(destination)];
  if (from.container !== '' && to.container !== '') throw new Stopped('copying between containers is not supported');
  if (from.container === '' && to.container === '') throw new Stopped('must specify at least one container source');
  const copied = from.container === '' ? yield* copyIn(from.path, to, flags) : yield* copyOut(from, to.path, flags);
  // where nobody looks on docker says nothing, unless it is asked to
  if (copied && !(flags.quiet ?? !terminal))
    yield* complain(`Successfully copied ${humanSize(copied.bytes, 3)} to ${copied.to}\n`);
  return 0;
}

/** How much, and where to, as docker tells it. */
interface Copied {
  readonly bytes: number;
  readonly to: string;
}

/** `web:/etc/hosts`; `/a:b` and `./a:b` are local files with a colon in their name. */
function placeOf(text: string): CopyEnd {
  const colon = text.indexOf(':');
  const local = colon === -1 || text.startsWith('/') || text.startsWith('.') || /^[A-Za-z]:\\/.test(text);
  return local ? { container: '', path: text } : { container: text.slice(0, colon), path: text.slice(colon + 1) };
}

/** Header X-Docker-Container-Path-Stat: base64 of JSON. `mode` is Go's os.FileMode. */
interface PathStat {
  readonly name: string;
  readonly mode: number;
  readonly linkTarget: string;
}

const folderBit = 2 ** 31;
const linkBit = 2 ** 27;
const otherBits = 2 ** 26 + 2 ** 25 + 2 ** 24 + 2 ** 21;

const has = (stat: PathStat, bits: number): boolean => (BigInt(stat.mode) & BigInt(bits)) !== 0n;

function statIn(headers: Readonly<Record<string, string>> | undefined): PathStat | undefined {
  const encoded = headers?.['x-docker-container-path-stat'];
  if (encoded === undefined) return undefined;
  return JSON.parse(
    new TextDecoder().decode(Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0))),
  ) as PathStat;
}

function* statOf({ container, path }: CopyEnd): Plan<PathStat | undefined> {
  const { status, headers } = yield* ask(
    request('HEAD', `/containers/${container}/archive`, { query: { path } }),
    undefined,
    [400, 404, 500],
  );
  // explain, which asks no engine, goes on with a folder
  return status === 200 ? (statIn(headers) ?? { name: '', mode: folderBit, linkTarget: '' }) : undefined;
}

function* copyIn(source: string, to: CopyEnd, flags: CopyFlags): Plan<Copied> {
  let place = to;
  let stat = yield* statOf(place);
  if (stat && has(stat, linkBit)) {
    place = { ...to, path: joined(parentOf(to.path), stat.linkTarget) };
    stat = yield* statOf(place);
  }
  if (stat && has(stat, otherBits))
    throw new Stopped(`destination "${to.container}:${to.path}" must be a directory or a regular file`);
  const { folder, upload } = source === '-' ? fromStdin(stat, place, to) : yield* fromDisk(source, stat, place, flags);
  const query = { path: folder, noOverwriteDirNonDir: 'true', copyUIDGID: flags.archive ? 'true' : undefined };
  const put = request('PUT', `/containers/${to.container}/archive`, { query, upload });
  const { uploaded = 0 } = yield* ask(put, undefined);
  return { bytes: uploaded, to: `${to.container}:${place.path}` };
}

interface Sending {
  /** Of the container, where the archive is unpacked. */
  readonly folder: string;
  readonly upload: Upload;
}

function fromStdin(stat: PathStat | undefined, place: CopyEnd, { container, path }: CopyEnd): Sending {
  if (!stat || !has(stat, folderBit)) throw new Stopped(`destination "${container}:${path}" must be a directory`);
  return { folder: place.path, upload: { of: 'stdin' } };
}

/** Into a folder that is there under its own name; else under the name that was written. */
function* fromDisk(source: string, stat: PathStat | undefined, place: CopyEnd, flags: CopyFlags): Plan<Sending> {
  const contents = source.endsWith('/.') || source === '.';
  const found = yield* look(source, flags['follow-link'] === true || source.endsWith('/'), {
    kind: isFolderPath(source) ? 'folder' : 'file',
    path: source,
  });
  if (!found) throw new Stopped(`lstat ${yield* firstMissing(yield* absolute(source))}: no such file or directory`);
  const isFolder = found.kind === 'folder';
  const name = contents ? '.' : baseOf(baseOf(source) === '..' ? found.path : source);
  if (stat && has(stat, folderBit)) return { folder: place.path, upload: { of: 'tar', path: found.path, as: name } };
  if (stat && isFolder) throw new Stopped('cannot copy directory');
  if (!stat && !isFolder && isFolderPath(place.path)) throw new Stopped('no such directory');
  return { folder: parentOf(place.path), upload: { of: 'tar', path: found.path, as: baseOf(place.path) } };
}

/** Docker follows a path name by name, and names the first that is not there. */
function* firstMissing(path: string): Plan<string> {
  const parent = parentOf(path);
  if (parent === path || (yield* look(parent, true))) return path;
  return yield* firstMissing(parent);
}

/** As docker writes a path that is not there. */
function* absolute(path: string): Plan<string> {
  if (path.startsWith('/')) return path;
  const here = yield* look('.', false, { kind: 'folder', path: '.' });
  return joined(here?.path ?? '.', path);
}

/** @returns undefined where it went to stdout */
function* copyOut(from: CopyEnd, target: string, flags: CopyFlags): Plan<Copied | undefined> {
  if (target !== '-') yield* assertWritable(target);
  const source = flags['follow-link'] ? yield* followed(from) : from;
  const archive = yield* open(
    request('GET', `/containers/${from.container}/archive`, { query: { path: source.path } }),
    { kind: 'bytes' },
  );
  if (target === '-') {
    yield* store(archive, { to: 'stdout' });
    return undefined;
  }
  const bytes = yield* unpacked(from, source, target, archive);
  return { bytes, to: yield* shownTarget(target) };
}

/** Absolute and plain, but a dot or slash at its end stays. */
function* shownTarget(target: string): Plan<string> {
  const whole = joined('/', yield* absolute(target));
  return `${whole}${baseOf(target) === '.' ? '/.' : ''}${target.endsWith('/') ? '/' : ''}`;
}

function* unpacked(from: CopyEnd, source: CopyEnd, target: string, archive: Handle): Plan<number> {
  const isFolder = has(statIn(archive.headers) ?? { name: '', mode: 0, linkTarget: '' }, folderBit);
  const there = yield* look(target, true, isFolderPath(target) ? { kind: 'folder', path: target } : undefined);
  if (there?.kind === 'folder') {
    const renamed = baseOf(source.path) === baseOf(from.path) ? {} : { rename: baseOf(from.path) };
    return yield* store(archive, { to: 'folder', path: there.path, ...renamed });
  }
  if (there && isFolder) throw new Stopped('cannot copy directory');
  if (!there && !isFolder && isFolderPath(target)) throw new Stopped('no such directory');
  // a link at the destination is written through, to where it leads; a folder's contents (`/dir/.`) take its name too
  const end = there?.path ?? (yield* absolute(target));
  return yield* store(archive, { to: 'folder', path: parentOf(end), rename: baseOf(end) });
}

function* followed(from: CopyEnd): Plan<CopyEnd> {
  const stat = yield* statOf(from);
  if (!stat || !has(stat, linkBit)) return from;
  return { ...from, path: joined(parentOf(from.path), stat.linkTarget) };
}

function* assertWritable(target: string): Plan<void> {
  const there = yield* look(target, true, { kind: 'folder', path: target });
  if (there?.kind === 'other')
    throw new Stopped(`invalid output path: "${target}" must be a directory or a regular file: got a device`);
  if (there) return;
  const end = yield* absolute(target);
  const parent = parentOf(end);
  if (!(yield* look(parent, true))) throw new Stopped(`invalid output path: directory "${parent}" does not exist`);
}
