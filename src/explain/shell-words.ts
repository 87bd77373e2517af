/** What the shell does around docker commands: it is explained, and never performed. */
import type { ParsedItem } from '../command/shell/script.ts';
import type { ExplainedPart } from './parts.ts';

/** Parts of the line that are the shell's: joints, redirections, other programs, words before docker, substitutions. */
export function shellParts(item: ParsedItem, text: string): readonly ExplainedPart[] {
  const part = (start: number, end: number, name: string, means: string): ExplainedPart => ({
    kind: 'shell',
    start,
    end,
    text: text.slice(start, end),
    name,
    value: null,
    means,
  });
  const found: ExplainedPart[] = [];
  for (const field of item.before)
    found.push(part(field.start, field.end, field.text, beforeWords(field.text, item.before)));
  for (const { start, end, operator, target } of item.redirections)
    found.push(
      part(start, end, operator, redirectionWords(operator, target ? text.slice(target.start, target.end) : '')),
    );
  for (const { start, end } of item.nested)
    found.push(part(start, end, '$( )', 'the shell runs this first, and puts what it prints in its place'));
  if (item.what.is === 'other' && item.what.program !== '')
    found.push(part(item.start, item.end, item.what.program, otherWords(item)));
  if (item.joint === '&&' || item.joint === '||') {
    const at = text.lastIndexOf(item.joint, item.start);
    found.push(part(at, at + item.joint.length, item.joint, jointWords(item.joint)));
  }
  if (item.background)
    found.push(part(item.end, item.end, '&', 'the shell does not wait for it: it goes on in the background'));
  return found;
}

/** Words of the shell's own grammar. */
const grammar: Readonly<Record<string, string>> = {
  '!': 'turns success into failure and failure into success',
  '.': 'runs the commands of a file in this shell',
  '[': 'tests a condition',
  '[[': 'tests a condition',
  '{': 'begins a group of commands',
  '}': 'ends a group of commands',
  case: 'chooses by the form of a word',
  do: 'begins what a loop repeats',
  done: 'ends a loop',
  elif: 'begins another condition',
  else: 'begins what runs where the condition fails',
  esac: 'ends a choice',
  exec: 'puts what follows in the place of this shell',
  exit: 'ends this shell',
  fi: 'ends a condition',
  for: 'begins a loop: it repeats what follows for each word',
  function: 'names a group of commands',
  if: 'begins a condition',
  read: 'reads a line into a variable',
  return: 'ends a function',
  set: 'sets options of this shell',
  source: 'runs the commands of a file in this shell',
  then: 'begins what runs where the condition holds',
  time: 'measures how long what follows takes',
  trap: 'says what to run when a signal comes',
  until: 'begins a loop: it repeats what follows until the condition holds',
  unset: 'takes a variable away',
  wait: 'waits for what runs in the background',
  while: 'begins a loop: it repeats what follows as long as the condition holds',
};

/** Programs that start another one. */
const starters: Readonly<Record<string, string>> = {
  command: 'runs the program of this name, not an alias of it',
  env: 'runs what follows with these variables set',
  nohup: 'runs what follows so that it goes on when you log out',
  watch: 'runs what follows again and again, and shows what it prints',
  winpty: 'gives what follows a terminal in Git Bash on Windows',
};

/** Programs that stand beside docker in tutorials: what each does. */
const programs: Readonly<Record<string, string>> = {
  alias: 'gives a command a short name in this shell',
  apt: 'installs packages of this machine',
  'apt-get': 'installs packages of this machine',
  awk: 'picks columns out of lines',
  bash: 'is a shell, and runs commands',
  cat: 'prints files',
  chmod: 'changes who may read, write and run files',
  chown: 'changes whose files are',
  cp: 'copies files',
  cd: 'changes the folder you are in',
  curl: 'fetches an address',
  cut: 'picks columns out of lines',
  date: 'prints the time',
  'docker-machine': 'made hosts with an engine, and is long retired; docker context took its place',
  echo: 'prints its words',
  eval: 'lets the shell run what its words say',
  export: 'sets a variable for the programs that the shell starts',
  git: 'keeps versions of files',
  grep: 'keeps the lines that match',
  gunzip: 'unpacks',
  gzip: 'packs',
  head: 'keeps the first lines',
  hostname: 'prints the machine’s name, or with -i its address',
  id: 'prints your user number (-u) or group number (-g)',
  jq: 'picks values out of JSON',
  less: 'shows it page by page',
  ls: 'lists files',
  mkdir: 'makes a folder',
  mv: 'moves files',
  more: 'shows it page by page',
  ping: 'asks another machine whether it is there',
  printf: 'prints its words',
  ps: 'lists the processes of this machine',
  pwd: 'prints the folder you are in',
  rm: 'removes files',
  scp: 'copies files to and from another machine',
  sed: 'rewrites lines',
  sh: 'is a shell, and runs commands',
  sleep: 'waits',
  ssh: 'runs commands on another machine',
  sort: 'puts lines in order',
  systemctl: 'starts and stops services of this machine',
  sudo: 'runs what follows as root',
  tail: 'keeps the last lines',
  tar: 'packs and unpacks files',
  touch: 'makes an empty file',
  tr: 'replaces signs',
  tee: 'writes it into a file, and prints it too',
  uniq: 'drops lines that are like the one before',
  wc: 'counts lines, words or bytes',
  wget: 'fetches an address',
  whoami: 'prints your user name',
  xargs: 'runs a command with the words it reads added at the end',
};

function beforeWords(word: string, all: ParsedItem['before']): string {
  if (word === 'sudo') return 'runs what follows as root; needed where you may not use the socket of the engine';
  if (word === 'xargs' && all.some(({ text }) => /^-I|^-i$|^--replace/.test(text)))
    return 'runs what follows for each line it reads, with the line in the place that -I names';
  if (/^-I/.test(word)) return 'names what the line that is read takes the place of';
  if (word === 'xargs') return 'runs what follows with the words it reads added at the end';
  if (/^[A-Za-z_]\w*=/.test(word)) return 'sets a variable for this one command';
  if (Object.hasOwn(starters, word)) return starters[word] ?? '';
  if (Object.hasOwn(grammar, word)) return `belongs to the shell: ${grammar[word] ?? ''}`;
  const program = all.findLast(({ text }, i) => !text.startsWith('-') && i < all.findIndex((one) => one.text === word));
  if (word.startsWith('-') && program !== undefined) return optionWords(word, program.text);
  return 'belongs to the shell, not to docker';
}

function optionWords(word: string, program: string): string {
  const known = program === 'xargs' && Object.hasOwn(ofXargs, word) ? `: ${ofXargs[word] ?? ''}` : '';
  return `an option of ${program}${known}`;
}

const ofXargs: Readonly<Record<string, string>> = {
  '-r': 'nothing is run where no words come',
  '--no-run-if-empty': 'nothing is run where no words come',
  '-0': 'the words end with a NUL, as find -print0 writes them',
  '-t': 'each command is printed before it runs',
  '-p': 'it asks before each command',
};

function redirectionWords(operator: string, target: string): string {
  if (operator.startsWith('<<')) return 'the shell hands the lines that follow to the command as its input';
  if (operator.startsWith('<')) return `the shell opens ${target} and hands it to the command as its input`;
  if (/^\d*[<>]&/.test(operator) && target === '') return 'the shell joins one output to the other';
  const what = /^&|^>&$/.test(operator)
    ? 'the output and the errors'
    : operator.startsWith('2')
      ? 'the errors'
      : 'the output';
  if (target === '/dev/null') return `the shell throws ${what} away`;
  if (operator.endsWith('>>')) return `the shell adds ${what} to the file ${target}`;
  return `the shell writes ${what} into the file ${target}, in place of what is there`;
}

function otherWords({ joint, what }: ParsedItem): string {
  const program = what.is === 'other' ? what.program : '';
  const name = program.replace(/^.*\//, '');
  const word = Object.hasOwn(grammar, name) ? grammar[name] : undefined;
  if (word !== undefined && joint !== '|') return `belongs to the shell: ${word}`;
  const known = Object.hasOwn(programs, name) ? programs[name] : undefined;
  if (joint === '|')
    return `the shell hands the output of the command before it to ${program}${known === undefined ? '' : `, which ${known}`}`;
  if (/^[A-Za-z_]\w*=/.test(program)) return 'sets a variable of the shell';
  // what a Makefile's recipe writes looks the same to a shell
  if (/^[A-Z][A-Z0-9_]*$/.test(program))
    return `in a Makefile, the variable ${program}; a shell takes it for a program of that name`;
  return known === undefined
    ? `${program} is a program of its own, not a docker command`
    : `${program} ${known}; it is not a docker command`;
}

function jointWords(joint: '&&' | '||'): string {
  return joint === '&&'
    ? 'runs what follows only if what is before it succeeded'
    : 'runs what follows only if what is before it failed';
}
