/** Paths of a compose file, made full: they start at the folder of the file that names them. POSIX. */

export function absolute(path: string, folder: string, home: string | undefined): string {
  if (path === '~' || path.startsWith('~/')) return home === undefined ? path : clean(home + path.slice(1));
  if (path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path) || path.startsWith('\\\\'))
    return path.startsWith('/') ? clean(path) : path;
  return clean(`${folder}/${path}`);
}

/** Without `.`, `..`, doubled and last slashes. */
export function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export function folderOf(path: string): string {
  return clean(`${path}/..`);
}

export function lastOf(path: string): string {
  return clean(path).split('/').at(-1) ?? '';
}
