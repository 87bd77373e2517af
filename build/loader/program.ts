/** Opens the files that packs.mjs makes, and runs each part of the program when something of it is first used. */
import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';

type Exports = Record<string, unknown>;

/** CommonJS, in a function, with what common-js.mjs leaves out of each. */
type Part = (
  exports: Exports,
  require: (id: string) => unknown,
  module: { exports: Exports },
  file: string,
  folder: string,
  addExports: (exports: Exports, read: Readonly<Record<string, () => unknown>>) => void,
  asCommonJs: (exports: Exports) => Exports,
  asModule: (required: Exports) => Exports,
) => void;

/** What V8 has compiled of a file, from one start to the next. */
export interface KeptCode {
  read(file: string): Buffer | undefined;
  /** `script` was made of `file`, and of what was kept of it where V8 took that. */
  opened(file: string, script: Script): void;
}

/** What a file evaluates to. */
interface Opened {
  readonly parts: Readonly<Record<string, Part>>;
  /** In the first file: the file of each part that is not in a file of its own name. */
  readonly packs?: Readonly<Record<string, string>>;
}

export interface Program {
  /** Where its files are. */
  readonly folder: string;
  /** The file of each part that is not in a file of its own name, where the first file is not opened first. */
  readonly packs?: Readonly<Record<string, string>>;
  readonly kept?: KeptCode | undefined;
  /** Parts run when they are required. */
  readonly atOnce?: boolean;
}

/**
 * A part runs when something that it exports is read, and its file is opened then: a command uses half of what its modules
 * import. Importing a module of ours, or of our packages, does nothing by itself.
 * @returns runs a part, at its first call, and gives what it exports. Parts go by their path from `folder`, with slashes.
 */
export function openProgram({ folder, packs: known = {}, kept, atOnce = false }: Program): (part: string) => Exports {
  const parts: Record<string, Part> = {};
  let packs = known;
  const running = new Map<string, Exports>();
  const required = new Map<string, Exports>();

  function open(file: string): void {
    const filename = `${folder}/${file}`;
    const cachedData = kept?.read(file);
    const script = new Script(readFileSync(filename, 'utf8'), { filename, ...(cachedData && { cachedData }) });
    kept?.opened(file, script);
    const opened = script.runInThisContext() as Opened;
    Object.assign(parts, opened.parts);
    packs = opened.packs ?? packs;
  }

  function ran(name: string): Exports {
    const known = running.get(name);
    if (known) return known;
    if (!parts[name]) open(packs[name] ?? name);
    const run = parts[name];
    if (!run) throw new Error(`${folder} is not whole, or of two builds: ${name} is not in it.`);
    const module = { exports: {} as Exports };
    running.set(name, module.exports);
    const within = name.slice(0, name.lastIndexOf('/') + 1);
    const requireFrom = (id: string): unknown => (id.startsWith('./') ? of(within + id.slice(2)) : ofNode(id));
    run(module.exports, requireFrom, module, `${folder}/${name}`, `${folder}/${within}`, addExports, asItIs, asModule);
    running.set(name, module.exports);
    return module.exports;
  }

  function later(name: string): Exports {
    const known = required.get(name);
    if (known) return known;
    const exports = new Proxy<Exports>(
      {},
      readBy(() => ran(name)),
    );
    required.set(name, exports);
    return exports;
  }

  const of = atOnce ? ran : later;
  return ran;
}

/** What is exported may be assigned later, and may be another's: it is read anew each time. */
function addExports(exports: Exports, read: Readonly<Record<string, () => unknown>>): void {
  for (const name in read) Object.defineProperty(exports, name, { get: read[name] as () => unknown, enumerable: true });
}

function asItIs(exports: Exports): Exports {
  return exports;
}

/** What `import x` and `import * as x` see of a part; a module of node's is its own default. */
function asModule(required: Exports): Exports {
  return ofNodes.has(required) ? (Object.create(required, { default: { value: required } }) as Exports) : required;
}

/** Of an object that stands for another, which is made when it is read. */
function readBy(made: () => Exports): ProxyHandler<Exports> {
  return {
    get: (_, name: string) => made()[name],
    has: (_, name) => name in made(),
    ownKeys: () => Reflect.ownKeys(made()),
    // of what the object in front does not have, a Proxy may tell only what can be changed
    getOwnPropertyDescriptor: (_, name) => ({ ...Reflect.getOwnPropertyDescriptor(made(), name), configurable: true }),
  };
}

const ofNodes = new Set<unknown>();

/** Everything else is in the program. */
function ofNode(id: string): unknown {
  const found = process.getBuiltinModule(id);
  if (!found) throw new Error(`${id} is required, and is neither a part of the program nor of node.`);
  ofNodes.add(found);
  return found;
}
