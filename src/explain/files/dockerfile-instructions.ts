/** The instructions of a Dockerfile and their flags, in words (Dockerfile reference, docker/buildx frontend 1.x). */
import type { DirectiveName } from '../../dockerfile/read.ts';

export interface InstructionRow {
  /** What it does; starts in lower case, no full stop. */
  readonly means: string;
  /** The same for what was written: the text after the instruction and its flags, on one line, and the list it may be. */
  says?(rest: string, list: readonly string[] | undefined): string;
  readonly flags?: Readonly<Record<string, string>>;
  /** What it leaves in the image: a layer of files, or a setting. */
  readonly leaves: 'a layer' | 'a setting' | 'nothing';
}

const from = 'copies out of another stage or image instead of the build context';
const chown = 'the user and group that own the copied files';
const chmod = 'the permissions of the copied files';
const link = 'makes the layer independent of those below, so that it stays cached when they change';
const parents = 'keeps the folders of the source';
const exclude = 'leaves these files out';

/** `["a", "b"]` is the exec form. */
const form = (list: readonly string[] | undefined): string =>
  list ? 'exec form: the program itself, without a shell' : 'shell form: run by /bin/sh -c';

export const instructions: Readonly<Record<string, InstructionRow>> = {
  FROM: {
    means: 'starts a stage from an image',
    says: (rest) => {
      const [image = '', , name] = rest.split(/\s+/);
      const begin =
        image === 'scratch' ? 'starts a stage from nothing: no file at all' : `starts a stage from the image ${image}`;
      return name === undefined ? begin : `${begin}, and calls the stage ${name}`;
    },
    flags: { platform: 'takes the image for this system and processor' },
    leaves: 'nothing',
  },
  RUN: {
    means: 'runs a command while the image is built, and keeps what it changes in the file system',
    says: (_, list) =>
      `runs this while the image is built, and keeps what it changes in the file system (${form(list)})`,
    flags: {
      mount: 'gives this command a cache, a secret, an ssh key or a folder, which do not stay in the image',
      network: 'the network this command has',
      security: 'the rights this command has',
      device: 'a device this command may use',
    },
    leaves: 'a layer',
  },
  CMD: {
    means: 'the command a container runs when none is given',
    says: (_, list) => `a container runs this when no other command is given (${form(list)})`,
    leaves: 'a setting',
  },
  ENTRYPOINT: {
    means: 'the program a container always starts; CMD, or the words after the image name, are its arguments',
    says: (_, list) =>
      `a container always starts this, with CMD or the words after the image name as arguments (${form(list)})`,
    leaves: 'a setting',
  },
  COPY: {
    means: 'copies files from the build context into the image',
    says: (rest, list) => copied(list ?? rest.split(/\s+/), 'copies'),
    flags: { from, chown, chmod, link, parents, exclude },
    leaves: 'a layer',
  },
  ADD: {
    means: 'copies files into the image; unpacks local tar files, and fetches addresses',
    says: (rest, list) => copied(list ?? rest.split(/\s+/), 'adds'),
    flags: {
      chown,
      chmod,
      link,
      exclude,
      checksum: 'the digest that a fetched file must have',
      'keep-git-dir': 'keeps the .git folder of a repository',
      unpack: 'whether a tar file is unpacked',
    },
    leaves: 'a layer',
  },
  WORKDIR: {
    means: 'sets the folder that what follows works in, and makes it',
    says: (rest) => `works in ${rest} from here on, and makes it where it is not there`,
    leaves: 'a setting',
  },
  ENV: {
    means: 'sets environment variables, for the build from here on and for the containers',
    says: (rest) => `sets ${names(rest)}, for the build from here on and for the containers`,
    leaves: 'a setting',
  },
  ARG: {
    means: 'a variable of the build, set with --build-arg; containers do not have it',
    says: (rest) => `${names(rest)}: set with --build-arg while building; containers do not have it`,
    leaves: 'nothing',
  },
  EXPOSE: {
    means: 'notes the ports the program listens on; it publishes none: that is what docker run -p does',
    says: (rest) => `notes that the program listens on port ${rest}; it publishes nothing: docker run -p does`,
    leaves: 'a setting',
  },
  USER: {
    means: 'the user that what follows, and the container, run as',
    says: (rest) => `what follows, and the container, run as ${rest}`,
    leaves: 'a setting',
  },
  VOLUME: {
    means: 'folders that become volumes; a container gets one without a name where none is given',
    says: (rest) => `${rest} becomes a volume: one without a name, where docker run -v gives none`,
    leaves: 'a setting',
  },
  LABEL: {
    means: 'notes on the image: name=value',
    says: (rest) => `notes ${names(rest)} on the image`,
    leaves: 'a setting',
  },
  HEALTHCHECK: {
    means: 'how docker finds out whether the program is well',
    says: (rest) =>
      /^NONE$/i.test(rest)
        ? 'switches off the health check of the image it is built on'
        : 'docker runs this now and then inside the container: exit code 0 is healthy',
    flags: {
      interval: 'time between two checks',
      timeout: 'how long one check may take',
      'start-period': 'time to start up, in which failures do not count',
      'start-interval': 'time between checks while it starts',
      retries: 'failures in a row that make it unhealthy',
    },
    leaves: 'a setting',
  },
  SHELL: { means: 'the shell that the shell form is run by from here on', leaves: 'a setting' },
  STOPSIGNAL: {
    means: 'the signal that docker stop sends first',
    says: (rest) => `docker stop sends ${rest} first`,
    leaves: 'a setting',
  },
  ONBUILD: { means: 'an instruction for those who build on this image: it runs after their FROM', leaves: 'a setting' },
  MAINTAINER: {
    means: 'who looks after the image; LABEL org.opencontainers.image.authors took its place',
    leaves: 'a setting',
  },
};

function copied(words: readonly string[], does: string): string {
  const target = words.at(-1) ?? '';
  const sources = words.slice(0, -1);
  if (sources.length === 0) return `${does} files into the image`;
  const what =
    sources.length === 1 && (sources[0] === '.' || sources[0] === './')
      ? 'the whole build context'
      : sources.join(' and ');
  return `${does} ${what} to ${target}${target.startsWith('/') ? '' : ', counted from WORKDIR'}`;
}

/** `A=1 B="x y"` → `A and B`; the old form `A some text` names one. */
function names(rest: string): string {
  const found = [...rest.matchAll(/(?:^|\s)([\w.-]+)=(?:"(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s"'\\]|\\.)*)/g)].map(
    (match) => match[1] ?? '',
  );
  return found.length === 0 ? (rest.split(/\s/)[0] ?? '') : found.join(' and ');
}

export const directives: Readonly<Record<DirectiveName, string>> = {
  syntax: 'which version of the Dockerfile language to read this with; it is fetched as an image',
  escape: 'the sign that continues a line, in place of the backslash',
  check: 'how the builder’s own checks behave',
};
