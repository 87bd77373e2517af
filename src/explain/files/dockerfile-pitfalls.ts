/** What commonly goes wrong, seen in a Dockerfile's own lines. Each is one sentence, with the line it stands on. */
import type { Instruction } from '../../dockerfile/read.ts';
import { isSecretName } from '../../secret.ts';
import { meansLatest } from '../image-words.ts';

export interface Pitfall {
  /** 0: the file as a whole. */
  readonly line: number;
  readonly text: string;
}

export function pitfallsOf(instructions: readonly Instruction[]): readonly Pitfall[] {
  const stages = stagesOf(instructions);
  const shipped = shippedOf(stages);
  return [
    ...instructions.flatMap((instruction) =>
      single(instruction, shipped).map((text) => ({ line: instruction.line, text })),
    ),
    ...instructions.flatMap((instruction, i) =>
      instruction.word === 'FROM' ? base(instruction, instructions.slice(0, i)) : [],
    ),
    ...stages.flatMap(order),
    ...stages.flatMap(repeated),
    ...rootUser(stages.at(-1) ?? []),
    ...(instructions.some(({ word }) => word === 'FROM')
      ? []
      : [{ line: 0, text: 'there is no FROM: every image starts from one, if only from scratch' }]),
  ].sort((a, b) => a.line - b.line);
}

type Stage = readonly Instruction[];

function stagesOf(instructions: readonly Instruction[]): readonly Stage[] {
  const stages: Instruction[][] = [];
  for (const instruction of instructions) {
    if (instruction.word === 'FROM') stages.push([instruction]);
    else stages.at(-1)?.push(instruction);
  }
  return stages;
}

/** The instructions of the last stage, and of the stages it is built on: what they set is in the image. */
function shippedOf(stages: readonly Stage[]): ReadonlySet<Instruction> {
  const found = new Set<Instruction>();
  for (let at = stages.length - 1; at >= 0;) {
    const stage: Stage = stages[at] ?? [];
    for (const instruction of stage) found.add(instruction);
    const base = stage[0]?.rest.split(/\s+/)[0]?.toLowerCase() ?? '';
    at = stages.slice(0, at).findLastIndex(([from]) => from?.rest.split(/\s+/)[2]?.toLowerCase() === base);
  }
  return found;
}

function single(instruction: Instruction, shipped: ReadonlySet<Instruction>): readonly string[] {
  const { word, rest, list, documents } = instruction;
  switch (word) {
    case 'RUN':
      return run([rest, ...documents.map(({ body }) => body)].join('\n'), instruction);
    case 'CMD':
    case 'ENTRYPOINT':
      if (/^\[/.test(rest) && !list)
        return [`this is not a JSON list (double quotes, commas), so it is run by a shell as it stands`];
      return list
        ? []
        : [
            `in shell form the program is a child of sh, and docker stop does not reach it: write ${word} ["program", "argument"]`,
          ];
    case 'ADD':
      return /^https?:/.test(rest) || /\.(?:tar|tgz|tar\.\w+)\b/.test(rest) || /^git@|\.git\b/.test(rest)
        ? []
        : ['ADD also unpacks and fetches; for plain files COPY says what is meant'];
    case 'ENV':
    case 'ARG':
      return isSecretName(nameOf(rest)) && (word === 'ARG' || rest.includes('=') || /\s/.test(rest))
        ? [
            shipped.has(instruction)
              ? `${nameOf(rest)} stays readable in the image: ${word === 'ENV' ? 'docker inspect' : 'docker history'} shows it; RUN --mount=type=secret leaves nothing behind`
              : `${nameOf(rest)} is not in the image, whose last stage is another, but stays in the build cache of this machine; RUN --mount=type=secret leaves nothing behind`,
          ]
        : [];
    case 'MAINTAINER':
      return ['MAINTAINER is retired: write LABEL org.opencontainers.image.authors="…"'];
    case 'EXPOSE':
      return /:/.test(rest) ? ['EXPOSE takes no host port: that is for docker run -p'] : [];
    case 'WORKDIR':
      return /^[/$]|^[A-Za-z]:|^"/.test(rest)
        ? []
        : [`${rest} is counted from the WORKDIR before it: a full path is clearer`];
    case 'COPY':
      return /(?:^|\s)(?:\S*\/)?\.env(?:\s|$)|id_rsa|\.pem(?:\s|$)/.test(rest)
        ? ['a file with secrets becomes part of the image, and stays in its layer even when it is deleted later']
        : [];
    default:
      return [];
  }
}

function nameOf(rest: string): string {
  return rest.split(/[=\s]/)[0] ?? '';
}

function run(text: string, { flags }: Instruction): readonly string[] {
  const cached = flags.some(({ name, value }) => name === 'mount' && value.includes('type=cache'));
  const found: string[] = [];
  if (/\bapt(?:-get)?\s+(?:-\S+\s+)*install\b/.test(text)) {
    if (!/\bapt(?:-get)?\s+(?:-\S+\s+)*update\b/.test(text))
      found.push(
        'apt-get install without apt-get update in the same RUN works with a list of packages that the cache may have kept for months',
      );
    if (!/rm\s+-\w*r\w*\s+\/var\/lib\/apt\/lists/.test(text) && !cached)
      found.push('the package lists stay in this layer: end with && rm -rf /var/lib/apt/lists/*');
    if (!/\s(?:-y|--yes|-qy|-yq|-qqy|--assume-yes)\b/.test(text))
      found.push('nobody can answer during a build: apt-get install needs -y');
  } else if (/^\s*apt(?:-get)?\s+(?:-\S+\s+)*update\s*$/.test(text.trim()))
    found.push(
      'apt-get update in a RUN of its own is cached: later installs use old lists; write it before install, with &&',
    );
  if (/\bapk\s+add\b/.test(text) && !/--no-cache\b/.test(text) && !cached)
    found.push('apk add --no-cache keeps the package index out of the layer');
  if (/\bpip3?\s+install\b/.test(text) && !/--no-cache-dir\b/.test(text) && !cached)
    found.push('pip keeps a copy of what it fetches in the layer: --no-cache-dir does not');
  if (/(?:^|&&|;|\s)sudo\s/.test(text))
    found.push('RUN works as root already, unless USER says otherwise: sudo is not needed, and mostly not there');
  if (/(?:^|&&\s*|;\s*)cd\s+\S+\s*$/.test(text.trim()))
    found.push('cd holds for this RUN only: WORKDIR changes the folder for what follows');
  if (/\bcurl\b[^|&;]*\|\s*(?:ba|z)?sh\b|\bwget\b[^|&;]*\|\s*(?:ba|z)?sh\b/.test(text))
    found.push('what is fetched runs unseen, and a failed download goes unnoticed in a pipe');
  return found;
}

function base({ rest, line }: Instruction, before: readonly Instruction[]): readonly Pitfall[] {
  const image = rest.split(/\s+/)[0] ?? '';
  const isStage = before.some(
    (other) => other.word === 'FROM' && other.rest.split(/\s+/)[2]?.toLowerCase() === image.toLowerCase(),
  );
  const name = image === 'scratch' || isStage ? undefined : meansLatest(image);
  return name === undefined
    ? []
    : [{ line, text: `${name}:latest is only a name, and may be another image at the next build: name a version` }];
}

const installs =
  /\b(?:pip3?\s+install\s+(?:-\S+\s+)*-r|npm\s+(?:ci|install|i)\b|yarn(?:\s+install)?\b|pnpm\s+i|poetry\s+install|bundle\s+install|go\s+mod\s+download|composer\s+install|mvn\s+dependency)/;

/** Everything copied before the packages are installed: each change of any file installs them anew. */
function order(stage: Stage): readonly Pitfall[] {
  const install = stage.findIndex(({ word, rest }) => word === 'RUN' && installs.test(rest));
  const copy = stage.findIndex(
    ({ word, rest, flags }) =>
      (word === 'COPY' || word === 'ADD') && /^\.\/?\s/.test(rest) && !flags.some(({ name }) => name === 'from'),
  );
  if (install === -1 || copy === -1 || copy > install) return [];
  return [
    {
      line: stage[copy]?.line ?? 0,
      text: 'every change of any file makes the installation below it run again: copy the list of packages first, install, then copy the rest',
    },
  ];
}

/** Of several CMD or ENTRYPOINT of a stage only the last counts. */
function repeated(stage: Stage): readonly Pitfall[] {
  return ['CMD', 'ENTRYPOINT'].flatMap((word) =>
    stage
      .filter((instruction) => instruction.word === word)
      .slice(0, -1)
      .map(({ line }) => ({ line, text: `a later ${word} of this stage takes its place: only the last one counts` })),
  );
}

function rootUser(stage: Stage): readonly Pitfall[] {
  const starts = stage.some(({ word }) => word === 'CMD' || word === 'ENTRYPOINT');
  if (!starts) return [];
  const user = stage.filter(({ word }) => word === 'USER').at(-1);
  if (user === undefined)
    return [
      {
        line: 0,
        text: 'there is no USER, so the program may run as root: a user of its own limits what a break-in can do',
      },
    ];
  return /^(?:root|0)(?::|$)/.test(user.rest)
    ? [{ line: user.line, text: 'the program runs as root: end with a user of its own' }]
    : [];
}
