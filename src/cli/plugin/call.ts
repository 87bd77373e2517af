/**
 * How the docker CLI starts its plugins (tried with 28.2): `docker-tutor [options of docker] tutor [words]`, the whole
 * command line as it was typed; `help tutor`, `__complete tutor` for help and completion. Pure.
 */

export interface PluginCall {
  /** What docker-tutor itself was asked. */
  readonly argv: readonly string[];
  /** Options of docker written before `tutor`, by long name; a switch has the value `true` unless it was given another. */
  readonly docker: Readonly<Record<string, string>>;
}

/** The docker CLI's name for us; the launcher is called docker-tutor after it. */
const plugin = 'tutor';

const withValue = new Set(['config', 'context', 'host', 'log-level', 'tlscacert', 'tlscert', 'tlskey']);
const switches = new Set(['debug', 'tls', 'tlsverify']);
const letters: Readonly<Record<string, string>> = { c: 'context', H: 'host', l: 'log-level', D: 'debug' };
/** Words that may stand before our name, and what they ask of us. */
const asks: Readonly<Record<string, (rest: readonly string[]) => readonly string[]>> = {
  help: (rest) => [...rest, '--help'],
  __complete: (rest) => ['__complete', ...rest],
  __completeNoDesc: (rest) => ['__complete', ...rest],
};

/** @returns undefined where docker-tutor was started by itself */
export function pluginCall(argv: readonly string[]): PluginCall | undefined {
  const docker: Record<string, string> = {};
  let at = 0;
  for (let taken = optionAt(argv, at); taken !== undefined; taken = optionAt(argv, at)) {
    Object.assign(docker, taken.options);
    at += taken.words;
  }
  const [first = '', second, ...further] = argv.slice(at);
  if (first === plugin) return { argv: argv.slice(at + 1), docker };
  const ask = Object.hasOwn(asks, first) ? asks[first] : undefined;
  return ask && second === plugin ? { argv: ask(further), docker } : undefined;
}

interface Taken {
  readonly options: Readonly<Record<string, string>>;
  readonly words: 1 | 2;
}

function optionAt(argv: readonly string[], at: number): Taken | undefined {
  const word = argv[at] ?? '';
  if (word.startsWith('--')) return longOption(word, argv[at + 1]);
  return /^-[A-Za-z]/.test(word) ? letterOptions(word, argv[at + 1]) : undefined;
}

function longOption(word: string, next: string | undefined): Taken | undefined {
  const [, name = '', value] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
  if (switches.has(name)) return { options: { [name]: value ?? 'true' }, words: 1 };
  if (!withValue.has(name)) return undefined;
  return value === undefined ? { options: { [name]: next ?? '' }, words: 2 } : { options: { [name]: value }, words: 1 };
}

/** `-D`, `-H tcp://…`, `-Htcp://…`, `-DH tcp://…` */
function letterOptions(word: string, next: string | undefined): Taken | undefined {
  const options: Record<string, string> = {};
  for (let i = 1; i < word.length; i++) {
    const name = letters[word.charAt(i)];
    if (name === undefined) return undefined;
    if (switches.has(name)) {
      options[name] = 'true';
      continue;
    }
    const value = word.slice(i + 1).replace(/^=/, '');
    options[name] = value === '' ? (next ?? '') : value;
    return { options, words: value === '' ? 2 : 1 };
  }
  return { options, words: 1 };
}
