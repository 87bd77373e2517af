/** What is wrong in a compose file, and where. */
import type { Path } from '../../yaml/places.ts';

export class ComposeError extends Error {
  override readonly name = 'ComposeError';
  /** How the command ends: 14 no file, 15 a file that cannot be used, as docker compose has it. */
  readonly exitCode: number;
  constructor(message: string, exitCode = 15) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** One value in one file. */
export interface FilePlace {
  readonly file: FileText;
  readonly path: Path;
}

export interface FileText {
  /** As the learner would name it: `compose.yaml`. */
  readonly name: string;
  /** Absolute; relative paths in the file start here. */
  readonly folder: string;
  readonly text: string;
  /** Offset in the text of the nearest thing to this path that exists. */
  locate(path: Path, key?: boolean): number;
}

export function inside(at: FilePlace, step: string | number): FilePlace {
  return { file: at.file, path: [...at.path, step] };
}

/** `services.web.ports.0` */
export function dotted(path: Path): string {
  return path.map(String).join('.');
}

/** @param key the key at the end of the path is meant, not its value */
export function wrong(at: FilePlace, message: string, key = false): ComposeError {
  return new ComposeError(`${whereIs(at, key)}: ${message}`);
}

/** `compose.yaml:4:5` */
function whereIs({ file, path }: FilePlace, key = false): string {
  const before = file.text.slice(0, file.locate(path, key)).split('\n');
  return `${file.name}:${String(before.length)}:${String((before.at(-1)?.length ?? 0) + 1)}`;
}
