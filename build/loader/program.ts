/** Opens the files that packs.mjs makes, and runs each part of the program when it is first required. */
import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';

/** CommonJS, in a function. */
type Part = (
  exports: object,
  require: (id: string) => unknown,
  module: { exports: object },
  file: string,
  folder: string,
) => void;

/** What V8 has compiled of a file, from one start to the next. */
export interface KeptCode {
  read(file: string): Buffer | undefined;
  /** `script` was made of `file`, and of what was kept of it where V8 took that. */
  opened(file: string, script: Script): void;
}

export interface Program {
  /** Where its files are. */
  readonly folder: string;
  /** The file of each part that is not in a file of its own name. */
  readonly packs: Readonly<Record<string, string>>;
  readonly kept?: KeptCode | undefined;
}

/** @returns runs a part, at its first call, and gives what it exports. Parts go by their path from `folder`, with slashes. */
export function openProgram({ folder, packs, kept }: Program): (part: string) => object {
  const parts: Record<string, Part> = {};
  const modules = new Map<string, { exports: object }>();

  function open(file: string): void {
    const filename = `${folder}/${file}`;
    const cachedData = kept?.read(file);
    const script = new Script(readFileSync(filename, 'utf8'), { filename, ...(cachedData && { cachedData }) });
    kept?.opened(file, script);
    Object.assign(parts, script.runInThisContext());
  }

  return function partNamed(name: string): object {
    const known = modules.get(name);
    if (known) return known.exports;
    if (!parts[name]) open(packs[name] ?? name);
    const part = parts[name];
    if (!part) throw new Error(`${folder} is not whole, or of two builds: ${name} is not in it.`);
    const module = { exports: {} };
    modules.set(name, module);
    const within = name.slice(0, name.lastIndexOf('/') + 1);
    const requireFrom = (id: string): unknown => (id.startsWith('./') ? partNamed(within + id.slice(2)) : ofNode(id));
    part(module.exports, requireFrom, module, `${folder}/${name}`, `${folder}/${within}`);
    return module.exports;
  };
}

/** Everything else is in the program. */
function ofNode(id: string): object {
  const found = process.getBuiltinModule(id);
  if (!found) throw new Error(`${id} is required, and is neither a part of the program nor of node.`);
  return found;
}
