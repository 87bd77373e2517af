/** `source:target[:modes]`, as the docker CLI, Compose and the engine cut it. Pure. */

/** At colons, but not after a single letter: that is a drive of Windows. */
export function bindParts(bind: string): readonly string[] {
  const parts: string[] = [];
  for (const part of bind.split(':')) {
    const drive = parts.at(-1);
    if (drive !== undefined && /^[A-Za-z]$/.test(drive)) parts.splice(-1, 1, `${drive}:${part}`);
    else parts.push(part);
  }
  return parts;
}

export interface Bind {
  /** Absent: a fresh volume without a name. */
  readonly source?: string;
  readonly target: string;
  /** `ro`, `z`, `nocopy`… */
  readonly modes: readonly string[];
}

export function cutBind(bind: string): Bind {
  const [first = '', second, ...rest] = bindParts(bind);
  if (second === undefined) return { target: first, modes: [] };
  return { source: first, target: second, modes: rest.join(':').split(',').filter(Boolean) };
}

/** A name and no path: `/x`, `./x`, `~`, `C:\x` are of the engine's machine. */
export function isVolumeName(source: string): boolean {
  return /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(source);
}
