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
  for (const field of item.before) found.push(part(field.start, field.end, field.text, beforeWords(field.text)));
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

/** Programs that stand beside docker in tutorials: what each does. */
const programs: Readonly<Record<string, string>> = {
  alias: 'gives a command a short name in this shell',
  awk: 'picks columns out of lines',
  cat: 'prints files',
  cd: 'changes the folder you are in',
  curl: 'fetches an address',
  cut: 'picks columns out of lines',
  date: 'prints the time',
  'docker-machine': 'made hosts with an engine, and is long retired; docker context took its place',
  echo: 'prints its words',
  eval: 'lets the shell run what its words say',
  export: 'sets a variable for the programs that the shell starts',
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
  more: 'shows it page by page',
  printf: 'prints its words',
  ps: 'lists the processes of this machine',
  pwd: 'prints the folder you are in',
  sed: 'rewrites lines',
  sleep: 'waits',
  sort: 'puts lines in order',
  sudo: 'runs what follows as root',
  tail: 'keeps the last lines',
  tar: 'packs and unpacks files',
  tee: 'writes it into a file, and prints it too',
  uniq: 'drops lines that are like the one before',
  wc: 'counts lines, words or bytes',
  wget: 'fetches an address',
  whoami: 'prints your user name',
  xargs: 'runs a command with the words it reads added at the end',
};

function beforeWords(word: string): string {
  if (word === 'sudo') return 'runs what follows as root; needed where you may not use the socket of the engine';
  if (word === 'xargs') return 'runs what follows with the words it reads added at the end';
  if (/^[A-Za-z_]\w*=/.test(word)) return 'sets a variable for this one command';
  return 'belongs to the shell, not to docker';
}

function redirectionWords(operator: string, target: string): string {
  if (operator.startsWith('<<')) return 'the shell hands the lines that follow to the command as its input';
  if (operator.startsWith('<')) return `the shell opens ${target} and hands it to the command as its input`;
  if (operator.includes('&')) return 'the shell joins one output to the other';
  if (operator.endsWith('>>')) return `the shell adds the output to the file ${target}`;
  return `the shell writes the output into the file ${target}, in place of what is there`;
}

function otherWords({ joint, what }: ParsedItem): string {
  const program = what.is === 'other' ? what.program : '';
  const known = programs[program.replace(/^.*\//, '')];
  if (joint === '|')
    return `the shell hands the output of the command before it to ${program}${known === undefined ? '' : `, which ${known}`}`;
  if (/^[A-Za-z_]\w*=/.test(program)) return 'sets a variable of the shell';
  return known === undefined
    ? `${program} is a program of its own, not a docker command`
    : `${program} ${known}; it is not a docker command`;
}

function jointWords(joint: '&&' | '||'): string {
  return joint === '&&'
    ? 'runs what follows only if what is before it succeeded'
    : 'runs what follows only if what is before it failed';
}
