/** What docker build stops at, seen in a Dockerfile's own lines (moby/buildkit, frontend/dockerfile/instructions/parse.go). */
import { didYouMean } from '../../did-you-mean.ts';
import type { Instruction } from '../../dockerfile/read.ts';
import { instructions as table } from './dockerfile-instructions.ts';
import type { Pitfall } from './dockerfile-pitfalls.ts';

/** Each a sentence that begins with why docker build stops. */
export function faultsOf(instructions: readonly Instruction[]): readonly Pitfall[] {
  const first = instructions.findIndex(({ word }) => word === 'FROM');
  const stages = instructions.flatMap(({ word, rest }) => (word === 'FROM' ? (rest.split(/\s+/)[2] ?? []) : []));
  return instructions.flatMap((instruction, i) => {
    const early = first !== -1 && i < first && instruction.word !== 'ARG' && Object.hasOwn(table, instruction.word);
    const faults = [
      ...(early ? [`${instruction.word} stands before FROM, where only ARG may`] : []),
      ...faultsIn(instruction),
      ...unknownStage(instruction, stages),
    ];
    return faults.map((text) => ({ line: instruction.line, text: `docker build stops here: ${text}` }));
  });
}

function faultsIn(instruction: Instruction): readonly string[] {
  const { word, rest, flags, list } = instruction;
  const row = Object.hasOwn(table, word) ? table[word] : undefined;
  if (!row) {
    const near = didYouMean(word, Object.keys(table));
    return [`${word} is not an instruction${near === undefined ? '' : `; did you mean ${near}?`}`];
  }
  const stray = flags.find(({ name }) => !Object.hasOwn(row.flags ?? {}, name));
  if (stray) {
    const near = didYouMean(stray.name, Object.keys(row.flags ?? {}));
    return [`${word} has no flag --${stray.name}${near === undefined ? '' : `; did you mean --${near}?`}`];
  }
  if (rest === '') return mayBeEmpty.has(word) ? [] : [`${word} needs a value`];
  const words = list ?? rest.split(/\s+/);
  switch (word) {
    case 'FROM':
      return words.length === 1 || (words.length === 3 && /^as$/i.test(words[1] ?? ''))
        ? []
        : ['FROM takes an image, or an image, AS and a name for the stage'];
    case 'COPY':
    case 'ADD':
      return copyFaults(word, words, instruction);
    case 'ENV':
    case 'LABEL':
      return pairFaults(word, rest);
    case 'SHELL':
      return list ? [] : ['SHELL takes a list: SHELL ["/bin/sh", "-c"]'];
    case 'HEALTHCHECK':
      return /^(?:NONE$|CMD(?:\s|$))/i.test(rest) ? [] : ['HEALTHCHECK begins with CMD, or is NONE'];
    case 'EXPOSE':
      return words
        .filter((port) => !/^\d+(?:-\d+)?(?:\/(?:tcp|udp|sctp))?$/i.test(port) && !/[$:]/.test(port))
        .map((port) => `${port} is not a port`);
    case 'ONBUILD':
      return /^(?:FROM|ONBUILD|MAINTAINER)\b/i.test(rest)
        ? [`ONBUILD cannot hold ${words[0]?.toUpperCase() ?? ''}`]
        : [];
    default:
      return [];
  }
}

/** An empty command is none, and no error. */
const mayBeEmpty = new Set(['CMD', 'ENTRYPOINT', 'RUN']);

function copyFaults(word: string, words: readonly string[], { flags, documents }: Instruction): readonly string[] {
  if (words.length < 2) return [`${word} needs a source and a target`];
  const target = words.at(-1) ?? '';
  const sources = words.slice(0, -1);
  const many = sources.length > 1 && !/[/\\]$|^\.{1,2}$|\$/.test(target);
  const outside = flags.some(({ name }) => name === 'from')
    ? []
    : sources.filter((source) => /^\.\.(?:\/|$)/.test(source));
  return [
    ...(many && documents.length === 0
      ? [`with several sources the target is a folder, and ends with a slash: ${target}/`]
      : []),
    ...outside.map((source) => `${source} lies outside the build context, and nothing there can be copied`),
  ];
}

function pairFaults(word: string, rest: string): readonly string[] {
  const [first = '', second] = rest.split(/\s+/, 2);
  if (/^[^\s="']+$/.test(first) && second === undefined) return [`${first} has no value: ${word} ${first}=value`];
  if (!first.includes('=')) return [];
  const bare = rest
    .replace(/"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\\[\s\S]/g, '_')
    .split(/\s+/)
    .find((one) => !one.includes('='));
  return bare === undefined ? [] : [`${bare} has no = in it: a value with a blank needs quotes`];
}

/** `COPY --from=biulder`: what is no stage is looked for as an image. */
function unknownStage({ flags }: Instruction, stages: readonly string[]): readonly string[] {
  return flags.flatMap(({ name, value }) => {
    if (name !== 'from' || stages.some((stage) => stage.toLowerCase() === value.toLowerCase())) return [];
    const near = /^[\w-]+$/.test(value) && !/^\d+$/.test(value) ? didYouMean(value, stages) : undefined;
    return near === undefined ? [] : [`no stage is called ${value}; did you mean ${near}?`];
  });
}
