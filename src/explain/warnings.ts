/** Pitfalls that can be seen in a command line itself. Each is one sentence for the learner. */
import type { Command } from '../command/command.ts';
import { flagsOf, isCommand, spellingOf } from '../command/rows.ts';
import { containerCreate, containerRun } from '../command/tables/container.ts';
import { imageBuild, imagePull } from '../command/tables/image.ts';
import type { ContainerFlags } from '../plan/container/body/flags.ts';
import { otherWarnings } from './command-warnings.ts';
import { meansLatest } from './image-words.ts';
import { flagPitfalls } from './pitfalls.ts';

/** @param text that the parts of the command point into */
export function warningsOf(command: Command, text: string): readonly string[] {
  return [...handedOn(command), ...flagPitfalls(command, text), ...ofCommand(command), ...everyOne(command, text)];
}

function ofCommand(command: Command): readonly string[] {
  if (isCommand(command, containerRun) || isCommand(command, containerCreate)) return containerWarnings(command);
  if (isCommand(command, imagePull))
    return command.flags['all-tags'] ? [] : latest(known(command.operands[0], command));
  if (isCommand(command, imageBuild)) return buildWarnings(command);
  return otherWarnings(command);
}

function containerWarnings(command: Command<(typeof containerCreate)['flags']>): readonly string[] {
  const flags: ContainerFlags = command.flags;
  return [
    ...(flags.rm ? [] : latest(known(command.operands[0], command))),
    ...hostNamespaces(flags),
    ...(flags.rm && flags.restart && flags.restart.name !== 'no'
      ? ['--rm and --restart exclude each other: a container that is removed cannot be started again']
      : []),
  ];
}

/** Undefined where part of it is not known yet: `nginx:$VERSION` has a tag, whichever. */
function known(text: string | undefined, { unknowns }: Command): string | undefined {
  return text !== undefined && unknowns.some((unknown) => unknown.text !== '' && text.includes(unknown.text))
    ? undefined
    : text;
}

function latest(image: string | undefined): readonly string[] {
  const name = meansLatest(image ?? '');
  return name === undefined || name === 'hello-world'
    ? []
    : [`${name}:latest is meant: latest is only a name, and may be another image tomorrow; a tag says which one`];
}

function hostNamespaces({ pid, network, publish = [], 'publish-all': all }: ContainerFlags): readonly string[] {
  const onHost = network?.some(({ target }) => target === 'host') === true;
  return [
    ...(pid === 'host' ? ['--pid host lets the container see, and signal, every process of the host'] : []),
    ...(onHost ? ['--network host gives the container the host’s own network: no isolation, no port mapping'] : []),
    ...(onHost && (publish.length > 0 || all === true)
      ? ['with --network host nothing is published: the container uses the ports of the host itself']
      : []),
  ];
}

function buildWarnings({ operands, parts }: Command<(typeof imageBuild)['flags']>): readonly string[] {
  return [
    ...(parts.some((part) => part.is === 'flag' && part.name === 'tag')
      ? []
      : ['without -t the image gets no name, only an id']),
    ...(operands[0] === '/' ? ['/ as build context sends the whole file system to the engine'] : []),
  ];
}

/** Options of docker's that stand where the program's words begin: `docker run nginx -p 80:80`. */
function handedOn({ row, operands, parts }: Command): readonly string[] {
  if (!row.flagsEndAtOperand) return [];
  // where -- ends the flags, what follows is meant
  if (parts.some(({ is }) => is === 'end-of-flags')) return [];
  const ours = row.operands.findIndex(({ name }) => name === 'COMMAND');
  const words = operands.slice(ours);
  const strays = words[0]?.startsWith('-') ? words.filter((word) => isFlagOf(word, row)) : words.filter(isOnlyDockers);
  const [stray] = strays;
  if (ours < 1 || stray === undefined) return [];
  const what = row.operands[ours - 1]?.name === 'IMAGE' ? 'image' : 'name';
  return [
    `${stray} stands after the ${what} ${operands[ours - 1] ?? ''}, so it goes to the program in the container: options of docker ${spellingOf(row)} stand before the ${what}`,
  ];
}

function isFlagOf(word: string, { flags }: Command['row']): boolean {
  const { long, short } = flagsOf(flags);
  if (word.startsWith('--')) return long.has(word.slice(2).split('=')[0] ?? '');
  // -p, -p80:80, -it: a program's own long option may have one dash too
  const letters = [...word.slice(1)];
  if (/^-[A-Za-z]\d/.test(word)) return short.has(word.charAt(1));
  return /^-[A-Za-z]+$/.test(word) && letters.every((letter) => short.has(letter));
}

/** Few programs have options of these forms. */
function isOnlyDockers(word: string): boolean {
  return /^(?:-i?td?i?|-dit|--rm|--privileged|--publish|--restart=.*|--network=.*)$/.test(word) && word !== '-t';
}

/** `docker rm -f $(docker ps -aq)` */
function everyOne({ row, unknowns }: Command, text: string): readonly string[] {
  const verb = verbs[row.name];
  if (verb === undefined) return [];
  const nested = unknowns.filter(({ why }) => why === 'nested').map(({ start, end }) => text.slice(start, end));
  return nested.flatMap((source) => {
    const lists =
      /docker\s+(?:ps|container\s+(?:ls|list|ps)|images|image\s+(?:ls|list)|(?:volume|network|service)\s+ls)\b(?<flags>[^|)`]*)/.exec(
        source,
      );
    const flags = lists?.groups?.['flags'];
    if (flags === undefined || /--filter|\s-\w*f|grep/.test(source)) return [];
    const all = /\s-\w*a|--all/.test(flags) || !/\bps\b|container/.test(lists?.[0] ?? '');
    return [
      `this ${verb} every ${thing(row.name)}${all ? '' : ' that runs'} ${row.name === 'service rm' ? 'of the swarm' : 'on the engine'}, also those of others`,
    ];
  });
}

const verbs: Readonly<Record<string, string>> = {
  'container rm': 'removes',
  'container stop': 'stops',
  'container kill': 'kills',
  'image rm': 'removes',
  'volume rm': 'removes',
  'network rm': 'removes',
  'service rm': 'removes',
};

function thing(name: string): string {
  return name.split(' ')[0] ?? '';
}
