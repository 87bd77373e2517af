/** Options that say which engine is meant, written before the subcommand as the docker CLI has them. Pure. */

export interface Leading {
  /** As they stand after a subcommand. */
  readonly engine: readonly string[];
  readonly rest: readonly string[];
}

/** `help`, `help run`, `-V`: what other programs take for --help and --version. */
export function inOurSpelling(argv: readonly string[]): readonly string[] {
  const [first, ...words] = argv;
  if (first === '-V') return ['--version', ...words];
  return first === 'help' ? [...words, '--help'] : argv;
}

/** `-H tcp://one:2375 run …`: what is not one of these options ends them. */
export function leadingOptions(argv: readonly string[]): Leading {
  let at = 0;
  for (let word = argv[0]; word !== undefined; word = argv[at]) {
    if (/^(?:-H|--host|-c|--context)$/.test(word) && argv[at + 1] !== undefined) at += 2;
    else if (word === '--lab' || /^(?:-[Hc].+|--(?:host|context)=.*)$/.test(word)) at += 1;
    else break;
  }
  return { engine: argv.slice(0, at), rest: argv.slice(at) };
}
