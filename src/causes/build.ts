/** Causes of a build that fails. */
import type { Cause } from './cause.ts';

export const build = {
  'E-BUILD-FAILED': {
    title: 'The build stopped: {command|a step} ended with code {exitCode|that is not 0}',
    explanation: 'The command of a RUN line failed. Its last output says why.',
    fixes: [
      { do: 'read the last lines of the output', note: 'the first error among them is usually the cause' },
      { do: 'docker run --rm -it <image of the last good step> sh', note: 'and type the command by hand' },
    ],
    document: 'https://docs.docker.com/reference/dockerfile/#run',
    exitCode: 4,
  },
  'E-BUILD-COPY-MISSING': {
    title: '{file|A file to copy} is not in the build context',
    explanation:
      'COPY and ADD take files from the folder given to docker build, and nowhere else; what .dockerignore names is left out.',
    fixes: [
      { do: 'check the path', note: 'it is relative to the context, not to the Dockerfile' },
      { do: 'cat .dockerignore', note: 'is it left out?' },
      { do: 'docker build -f path/Dockerfile .', note: 'if the Dockerfile is elsewhere than the files' },
    ],
    document: 'https://docs.docker.com/build/concepts/context/',
    exitCode: 4,
  },
  'E-BUILD-COPY-TARGET': {
    title: 'Several files are copied to what is not marked as a folder',
    explanation:
      'Where COPY or ADD has several sources, or one with a * in it, the last word is a folder, and ends with a /.',
    fixes: [{ do: 'COPY a.txt b.txt ./', note: 'or /app/: a slash at the end' }],
    document: 'https://docs.docker.com/reference/dockerfile/#copy',
    exitCode: 4,
  },
  'E-BUILD-NO-GIT': {
    title: 'The engine has no git',
    explanation: 'A build from a Git address is fetched by the engine, with the git of the machine it runs on.',
    fixes: [
      { do: 'sudo apt-get install git', note: 'on the engine’s machine, or as its system installs programs' },
      { do: 'git clone <address> && docker build <folder>', note: 'fetched here, and built from the folder' },
    ],
    document: 'https://docs.docker.com/build/concepts/context/#git-repositories',
    exitCode: 4,
  },
  'E-BUILD-NETWORK': {
    title: 'A step of the build could not reach the network',
    explanation: 'The command ran in a container, whose name server, proxy or network is not that of your browser.',
    fixes: [
      { do: 'docker run --rm busybox nslookup docker.com', note: 'do containers resolve names?' },
      { do: 'docker build --build-arg HTTP_PROXY=… .', note: 'behind a proxy' },
      { do: 'docker build --network host .', note: 'to see whether the bridge is the cause' },
    ],
    document: 'https://docs.docker.com/engine/cli/proxy/',
    exitCode: 4,
  },
  'E-DOCKERFILE-SYNTAX': {
    title: 'The Dockerfile has an error{line|}: {words|it cannot be read}',
    explanation:
      'Each line begins with an instruction such as FROM, RUN or COPY, and a long one goes on after a backslash.',
    fixes: [{ do: 'docker-tutor explain --file Dockerfile', note: 'line by line' }],
    document: 'https://docs.docker.com/reference/dockerfile/',
    exitCode: 4,
  },
} as const satisfies Readonly<Record<string, Cause>>;
