/** Paths as texts: where one is, seen from another. No link is followed; the edge does that. */

/** `file` as seen from `folder`, both from `cwd`: `app/Dockerfile`, `../Dockerfile`. With slashes. */
export function relativePath(folder: string, file: string, cwd: string): string {
  const from = segments(folder, cwd);
  const to = segments(file, cwd);
  const shared = from.findIndex((part, index) => part !== to[index]);
  const common = shared === -1 ? from.length : shared;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}

/** `folder/name`, without a dot in front. */
export function pathIn(folder: string, name: string): string {
  const plain = folder.replace(/\/+$/, '');
  return plain === '.' || plain === '' ? `${folder.startsWith('/') ? '/' : ''}${name}` : `${plain}/${name}`;
}

/** Its last name. */
export function baseName(path: string): string {
  return segmentsOf(path.replaceAll('\\', '/')).at(-1) ?? '';
}

/** A drive letter counts as a first segment. */
function segments(path: string, cwd: string): readonly string[] {
  const written = path.replaceAll('\\', '/');
  const whole = /^(?:\/|[A-Za-z]:)/.test(written) ? written : `${cwd.replaceAll('\\', '/')}/${written}`;
  return segmentsOf(whole);
}

/** From the root of the disk. */
export function wholePath(path: string, cwd: string): string {
  return `/${segmentsOf(path.startsWith('/') ? path : `${cwd}/${path}`).join('/')}`;
}

/** The names on the way to a path; `.` and `..` resolved, doubled and last slashes gone. */
export function segmentsOf(path: string): readonly string[] {
  const names: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') names.pop();
    else if (part !== '' && part !== '.') names.push(part);
  }
  return names;
}
