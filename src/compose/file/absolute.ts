/** Paths of a compose file, made full: they start at the folder of the file that names them. POSIX. */
import { segmentsOf } from '../../plan/relative-path.ts';

export function absolute(path: string, folder: string, home: string | undefined): string {
  if (path === '~' || path.startsWith('~/')) return home === undefined ? path : clean(home + path.slice(1));
  if (path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path) || path.startsWith('\\\\'))
    return path.startsWith('/') ? clean(path) : path;
  return clean(`${folder}/${path}`);
}

/** Without `.`, `..`, doubled and last slashes. */
export function clean(path: string): string {
  return `/${segmentsOf(path).join('/')}`;
}

export function folderOf(path: string): string {
  return clean(`${path}/..`);
}

export function lastOf(path: string): string {
  return clean(path).split('/').at(-1) ?? '';
}
