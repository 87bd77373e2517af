/** What is wrong in a compose file, and where. */
import type { Path } from '../../yaml/places.ts';

export class ComposeError extends Error {
  override readonly name = 'ComposeError';
  readonly noFile: boolean;
  /** @param noFile there is no compose file, where none was named */
  constructor(message: string, { noFile = false } = {}) {
    super(message);
    this.noFile = noFile;
  }
}

/** One value in one file. */
export interface FilePlace {
  readonly file: FileText;
  readonly path: Path;
}

/** What is left as the file writes it, where compose config is asked for that. */
export interface Leaves {
  /** Relative paths (`--no-path-resolution`). */
  readonly paths: boolean;
  /** What is not said stays unsaid (`--no-normalize`). */
  readonly defaults: boolean;
}

export interface FileText {
  /** As the learner would name it: `compose.yaml`. */
  readonly name: string;
  /** Absolute; relative paths in the file start here. */
  readonly folder: string;
  readonly text: string;
  readonly leaves?: Leaves;
  /** Where this stands for all the files together (what is missing now stays missing): the one that says what is at a path. */
  readonly whole?: (path: Path) => FileText;
  /** Its variables stand in it as they are written: what they stand for nobody has looked up. */
  readonly unfilled?: true;
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
function whereIs({ file: given, path }: FilePlace, key = false): string {
  const file = given.whole?.(path) ?? given;
  const before = file.text.slice(0, file.locate(path, key)).split('\n');
  return `${file.name}:${String(before.length)}:${String((before.at(-1)?.length ?? 0) + 1)}`;
}
