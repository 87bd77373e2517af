/** Paths of a compose file, made full: they start at the folder of the file that names them. POSIX. */
import type { FileText } from './compose-error.ts';
import { segmentsOf } from '../../plan/relative-path.ts';

/** A path that is full already stays as it is written. */
export function absolute(path: string, folder: string, home: string | undefined): string {
  if (path.startsWith('~')) return home === undefined ? path : clean(`${home}/${path.slice(1)}`);
  return path === '' || path.startsWith('/') ? path : clean(`${folder}/${path}`);
}

/** As `absolute`, of what a container mounts; that may be a path of Windows. */
function bindable(path: string, folder: string, home: string | undefined): string {
  if (/^[A-Za-z]:[\\/]/.test(path) || path.startsWith('\\\\')) return path;
  return path === '' ? clean(folder) : absolute(path, folder, home);
}

/** Whose paths: where they start, and whether they stay as they are written. */
type From = Pick<FileText, 'folder' | 'leaves'>;

/** `absolute`, of a path that stands in the file. */
export function absoluteIn({ folder, leaves }: From, path: string, home: string | undefined): string {
  return leaves?.paths ? path : absolute(path, folder, home);
}

/** `bindable`, of a path that stands in the file. */
export function bindableIn({ folder, leaves }: From, path: string, home: string | undefined): string {
  return leaves?.paths ? path : bindable(path, folder, home);
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
