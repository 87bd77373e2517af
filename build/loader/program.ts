/** Opens the files that packs.mjs makes, and runs each part of the program when something of it is first used. */
import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';

type Exports = Record<string, unknown>;

/** CommonJS, in a function; and what makes an object of all that it exports, which runs the part when it is read. */
type Part = readonly [
  run: (
    exports: Exports,
    require: (id: string) => unknown,
    module: { exports: Exports },
    file: string,
    folder: string,
  ) => void,
  exported: (run: () => Exports) => Exports,
];

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
}

/**
 * What a part exports is there at once, and the part runs when something of it is read: a command uses half of what its
 * modules import. Importing a module of ours, or of our packages, does nothing by itself.
 * @returns runs a part, at its first call, and gives what it exports. Parts go by their path from `folder`, with slashes.
 */
export function openProgram({ folder, packs: known = {}, kept }: Program): (part: string) => Exports {
  const parts: Record<string, Part> = {};
  let packs = known;
  const running = new Map<string, Exports>();
  const exported = new Map<string, Exports>();

  function open(file: string): void {
    const filename = `${folder}/${file}`;
    const cachedData = kept?.read(file);
    const script = new Script(readFileSync(filename, 'utf8'), { filename, ...(cachedData && { cachedData }) });
    kept?.opened(file, script);
    const opened = script.runInThisContext() as Opened;
    Object.assign(parts, opened.parts);
    packs = opened.packs ?? packs;
  }

  function partNamed(name: string): Part {
    if (!parts[name]) open(packs[name] ?? name);
    const part = parts[name];
    if (!part) throw new Error(`${folder} is not whole, or of two builds: ${name} is not in it.`);
    return part;
  }

  function ran(name: string): Exports {
    const known = running.get(name);
    if (known) return known;
    const [run] = partNamed(name);
    const module = { exports: {} as Exports };
    running.set(name, module.exports);
    const within = name.slice(0, name.lastIndexOf('/') + 1);
    const requireFrom = (id: string): unknown => (id.startsWith('./') ? later(within + id.slice(2)) : ofNode(id));
    run(module.exports, requireFrom, module, `${folder}/${name}`, `${folder}/${within}`);
    running.set(name, module.exports);
    return module.exports;
  }

  function later(name: string): Exports {
    const known = exported.get(name);
    if (known) return known;
    const [, made] = partNamed(name);
    const lazily = made(() => ran(name));
    exported.set(name, lazily);
    return lazily;
  }

  return ran;
}

/** Everything else is in the program. */
function ofNode(id: string): unknown {
  const found = process.getBuiltinModule(id);
  if (!found) throw new Error(`${id} is required, and is neither a part of the program nor of node.`);
  return found;
}
