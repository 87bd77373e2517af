/** A tar of a local file or folder, for docker cp. Streamed: memory does not grow with it. */
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pack } from 'tar-stream';

/** @param as name of the top entry in the archive; `.` puts the contents of a folder at its top */
export async function packPath(path: string, as: string): Promise<Readable> {
  const { pack } = await import('tar-stream');
  const archive = pack();
  const out = new PassThrough();
  add(archive, resolve(path), as, new Map())
    .then(() => {
      archive.finalize();
    })
    .catch((error: unknown) => archive.destroy(error instanceof Error ? error : new Error(String(error))));
  // the reader of `out` hears of an error through it
  pipeline(archive, out).catch((error: unknown) =>
    out.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return out;
}

/** @param linked names by inode of files that have several: the second is sent as a link to the first */
async function add(archive: Pack, path: string, name: string, linked: Map<string, string>): Promise<void> {
  const { mode, mtime, uid, gid, size, ...found } = await lstat(path).then((stats) => ({
    mode: stats.mode & 0o7777,
    mtime: stats.mtime,
    uid: stats.uid,
    gid: stats.gid,
    size: stats.size,
    inode: stats.nlink > 1 ? `${String(stats.dev)}:${String(stats.ino)}` : '',
    isFolder: stats.isDirectory(),
    isFile: stats.isFile(),
    isLink: stats.isSymbolicLink(),
  }));
  const header = { name, mode, mtime, uid, gid };
  if (found.isFolder) {
    await entry(archive, { ...header, name: `${name}/`, type: 'directory' });
    for (const child of (await readdir(path)).sort()) await add(archive, join(path, child), `${name}/${child}`, linked);
  } else if (found.isLink) {
    await entry(archive, { ...header, type: 'symlink', linkname: await readlink(path) });
  } else if (found.isFile) {
    const first = linked.get(found.inode);
    if (first !== undefined) return entry(archive, { ...header, type: 'link', linkname: first });
    if (found.inode !== '') linked.set(found.inode, name);
    await fileEntry(archive, path, { ...header, size });
  }
  // sockets, pipes and devices have no content to copy
}

type Header = Parameters<Pack['entry']>[0];

function entry(archive: Pack, header: Header): Promise<void> {
  return new Promise((done, fail) => {
    archive.entry(header, (error) => {
      if (error) fail(error);
      else done();
    });
  });
}

/** A file that grows meanwhile is sent as long as it was; one that shrinks ends the archive with an error. */
async function fileEntry(archive: Pack, path: string, header: Header & { readonly size: number }): Promise<void> {
  if (header.size === 0) return entry(archive, header);
  const target = archive.entry(header);
  await pipeline(createReadStream(path, { end: header.size - 1 }), target);
}
