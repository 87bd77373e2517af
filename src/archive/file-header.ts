/** What the header of an archive's entry says of a file, as moby's archive package writes it. Pure. */
import type { Stats } from 'node:fs';
import type { Header } from 'tar-stream';

type FileStats = Pick<Stats, 'mode' | 'mtimeMs' | 'rdev' | 'isFIFO' | 'isCharacterDevice' | 'isBlockDevice'>;

/** Mode and time of last change, in whole seconds. */
export function modeAndTime(
  { mode, mtimeMs }: Pick<FileStats, 'mode' | 'mtimeMs'>,
  platform: NodeJS.Platform = process.platform,
): Partial<Header> {
  const seconds = Math.floor(mtimeMs / 1000);
  return {
    mode: sentMode(mode, platform),
    mtime: new Date(Math.max(seconds, 0) * 1000),
    // the field of the header has no sign
    ...(seconds < 0 && { pax: { mtime: String(seconds) } }),
  };
}

/** Windows knows no right to execute: what comes from there may be executed, and written by its owner alone. */
function sentMode(mode: number, platform: NodeJS.Platform): number {
  const permissions = platform === 'win32' ? (mode & 0o755) | 0o111 : mode & 0o7777;
  // tar-stream takes 0 for "not given"; of more than it can write it writes what fits
  return permissions === 0 ? 0o10000 : permissions;
}

/** Of what is no file, folder or link; undefined for what no archive can hold, a socket. */
export function specialHeader(stats: FileStats): Partial<Header> | undefined {
  if (stats.isFIFO()) return { type: 'fifo' };
  const device = { devmajor: majorOf(stats.rdev), devminor: minorOf(stats.rdev) };
  if (stats.isCharacterDevice()) return { type: 'character-device', ...device };
  return stats.isBlockDevice() ? { type: 'block-device', ...device } : undefined;
}

/** makedev(3) of Linux: twelve bits and eight; what is above 32 bits no driver has. */
function majorOf(device: number): number {
  return (device >>> 8) & 0xfff;
}

function minorOf(device: number): number {
  return (device & 0xff) | ((device >>> 12) & 0xfff00);
}
