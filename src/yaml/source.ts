/** YAML text → its value, and where in the text each part of the value stands. */
import {
  CORE_SCHEMA,
  EVENT_ID,
  YAMLException,
  constructFromEvents,
  parseEvents,
  type Event,
  type Schema,
} from 'js-yaml';
import { growTree, type Path, type Problem, type Spot } from './places.ts';

export interface Source {
  /** Undefined where the text could not be read; then there are problems. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Offset in the text of the nearest thing to this path that exists. */
  readonly locate: (path: Path, key?: boolean) => number;
}

const mostAliases = 200;

/** Of a file that holds one document. @param schema which tags the file may use */
export function readSource(text: string, schema: Schema = CORE_SCHEMA): Source {
  const [source, ...more] = readDocuments(text, schema);
  if (source === undefined) return failed([{ path: [], at: 0, message: 'the file is empty' }]);
  if (more.length > 0) return failed([{ path: [], at: 0, message: 'the file must hold one document only' }]);
  return source;
}

/** Each document of a file. One that cannot be read ends them. */
export function readDocuments(text: string, schema: Schema): readonly Source[] {
  try {
    const events = parseEvents(text, { maxDepth: 40 });
    const starts = events.flatMap(({ type }, index) => (type === EVENT_ID.DOCUMENT ? [index] : []));
    return starts.map((start, index) => sourceOf(text, events.slice(start, starts[index + 1]), schema));
  } catch (error) {
    return [failed([problemOf(error)])];
  }
}

function sourceOf(text: string, events: readonly Event[], schema: Schema): Source {
  const problems: Problem[] = [];
  try {
    const tree = growTree(text, events, problems);
    if (tree === undefined) return failed(problems);
    // with `json`, a repeated key is no exception: growTree has reported every one of them
    const [value] = constructFromEvents([...events], { source: text, schema, json: true, maxAliases: mostAliases });
    return { value, problems, locate: (path, key) => locate(tree, path, key) };
  } catch (error) {
    return failed([...problems, problemOf(error)]);
  }
}

function failed(problems: readonly Problem[]): Source {
  return { value: undefined, problems, locate: () => 0 };
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof YAMLException)) throw error;
  return { path: [], at: error.mark?.position ?? 0, message: error.reason };
}

function locate(tree: Spot, path: Path, key = false): number {
  let spot = tree;
  let keyAt = tree.at;
  for (const [i, step] of path.entries()) {
    const entry = spot.entries.get(String(step));
    if (entry === undefined) return key || i < path.length - 1 ? spot.at : keyAt;
    ({ keyAt, spot } = entry);
  }
  return key ? keyAt : spot.at;
}
