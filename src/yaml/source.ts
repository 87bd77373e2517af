/** YAML text → its value, and where in the text each part of the value stands. */
import { CORE_SCHEMA, EVENT_ID, YAMLException, constructFromEvents, parseEvents, type Schema } from 'js-yaml';
import { growTree, type Path, type Problem, type Spot } from './places.ts';

export interface Source {
  /** Undefined where the text could not be read; then there are problems. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Offset in the text of the nearest thing to this path that exists. */
  readonly locate: (path: Path, key?: boolean) => number;
}

const mostAliases = 200;

/** @param schema which tags the file may use */
export function readSource(text: string, schema: Schema = CORE_SCHEMA): Source {
  const problems: Problem[] = [];
  const fail = (problem: Problem): Source => ({ value: undefined, problems: [...problems, problem], locate: () => 0 });
  try {
    const events = parseEvents(text, { maxDepth: 40 });
    const documents = events.filter((event) => event.type === EVENT_ID.DOCUMENT).length;
    if (documents !== 1) {
      return fail({
        path: [],
        at: 0,
        message: documents === 0 ? 'the file is empty' : 'the file must hold one document only',
      });
    }
    const tree = growTree(text, events, problems);
    if (tree === undefined) return { value: undefined, problems, locate: () => 0 };
    // with `json`, a repeated key is no exception: growTree has reported every one of them
    const [value] = constructFromEvents(events, { source: text, schema, json: true, maxAliases: mostAliases });
    return { value, problems, locate: (path, key) => locate(tree, path, key) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return fail({ path: [], at: error.mark?.position ?? 0, message: error.reason });
  }
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
