/** Paths of a container: always with slashes, whatever the learner's machine. */
import { segmentsOf } from '../../relative-path.ts';

/** `/a/b/` → `/a`; `b` → `.`. A dot at the end counts as a name. */
export function parentOf(path: string): string {
  const plain = path.replace(/\/+$/, '');
  const at = plain.lastIndexOf('/');
  if (at === -1) return plain === '' && path !== '' ? '/' : '.';
  return plain.slice(0, at) || '/';
}

/** The last name of a path: `/a/b/` → `b`. */
export function baseOf(path: string): string {
  const plain = path.replace(/\/+$/, '');
  return plain === '' ? '/' : plain.slice(plain.lastIndexOf('/') + 1);
}

/** Whether a path says that it is a folder: `a/`, `a/.`, `.`, `..`, nothing. */
export function isFolderPath(path: string): boolean {
  return path === '' || path.endsWith('/') || ['.', '..'].includes(baseOf(path));
}

/** A link's target seen from the folder it is in; `.` and `..` resolved. */
export function joined(folder: string, target: string): string {
  const whole = target.startsWith('/') ? target : `${folder}/${target}`;
  return `${whole.startsWith('/') ? '/' : ''}${segmentsOf(whole).join('/')}`;
}
