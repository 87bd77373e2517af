/** Causes of a name that leads to nothing, and of a thing that is not in the state that the command needs. */
import type { Args, Cause, Fix } from './cause.ts';
import type { Machine } from './facts.ts';

const known =
  (name: string) =>
  (_: Machine, args: Args): boolean =>
    (args[name] ?? '') !== '';
const is =
  (name: string, ...values: readonly string[]) =>
  (_: Machine, args: Args): boolean =>
    values.includes(args[name] ?? '');

/** `near` is what is there by nearly that name, `corrected` the command with it. */
const nearName: Fix = { do: '{corrected}', note: 'did you mean {near}?', fits: known('near') };

export const things = {
  'E-CONTAINER-NOT-FOUND': {
    title: 'There is no container {container|of that name}',
    explanation: 'A container is found by its name, its id, or the first characters of its id.',
    fixes: [nearName, { do: 'docker ps -a', note: 'all there are, those that have ended too' }],
    document: 'https://docs.docker.com/reference/cli/docker/container/ls/',
    exitCode: 3,
  },
  'E-NETWORK-NOT-FOUND': {
    title: 'There is no network {network|of that name}',
    explanation:
      'A network is made before containers join it. Compose puts the project before the names of its own: project_network.',
    fixes: [
      nearName,
      { do: 'docker network ls', note: 'all there are' },
      { do: 'docker network create {network}', note: 'makes it', fits: known('network') },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/network/ls/',
    exitCode: 3,
  },
  'E-VOLUME-NOT-FOUND': {
    title: 'There is no volume {volume|of that name}',
    explanation:
      'Compose puts the project before the names of its volumes: project_volume. A folder that was mounted by its path is no volume.',
    fixes: [nearName, { do: 'docker volume ls', note: 'all there are' }],
    document: 'https://docs.docker.com/reference/cli/docker/volume/ls/',
    exitCode: 3,
  },
  'E-OBJECT-NOT-FOUND': {
    title: 'There is no {kind|object} {name|of that name}',
    explanation: 'Nothing of that name, or with an id that begins so, is on the engine.',
    fixes: [
      nearName,
      {
        do: 'docker {kind} ls',
        note: 'all there are',
        fits: is('kind', 'service', 'node', 'secret', 'config', 'plugin'),
      },
      { do: 'docker ps -a', note: 'containers', fits: is('kind', '') },
      { do: 'docker images', note: 'images', fits: is('kind', '') },
      { do: 'docker network ls', note: 'networks', fits: is('kind', '') },
      { do: 'docker volume ls', note: 'volumes', fits: is('kind', '') },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/inspect/',
    exitCode: 3,
  },
  'E-NOT-RUNNING': {
    title: 'The container {container|} does not run',
    explanation:
      'The command needs a program that runs. A container lives as long as its first program: it was not started yet, or that program has ended.',
    fixes: [
      { do: 'docker ps -a', note: 'its state, and its exit code', fits: (_, a) => !known('container')(_, a) },
      { do: 'docker ps -a --filter name={container}', note: 'its state, and its exit code', fits: known('container') },
      { do: 'docker logs {container|CONTAINER}', note: 'the last it said' },
      { do: 'docker start {container|CONTAINER}', note: 'starts it again' },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/container/start/',
    exitCode: 3,
  },
  'E-PAUSED': {
    title: 'The container {container|} is paused',
    explanation: 'Its programs are frozen, and take up their work where they left it.',
    fixes: [{ do: 'docker unpause {container|CONTAINER}' }],
    document: 'https://docs.docker.com/reference/cli/docker/container/unpause/',
    exitCode: 3,
  },
  'E-STILL-RUNNING': {
    title: 'The container {container|} still runs',
    explanation: 'docker rm removes containers that have ended: the files that only such a container has go with it.',
    fixes: [
      { do: 'docker stop {container|CONTAINER}', note: 'asks its program to end; then docker rm' },
      { do: 'docker rm -f {container|CONTAINER}', note: 'both at once; the program has no time to finish' },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/container/rm/',
    exitCode: 3,
  },
  'E-IN-USE': {
    title: 'The {kind|object} {name|} is in use',
    explanation:
      'A container needs it{by|}. One that has ended still needs its image and its volumes: it could be started again.',
    moreExactly: [
      { explanation: 'Containers are connected to it, and run.', fits: is('kind', 'network') },
      { explanation: 'Images that are here were built on it.', fits: is('by', 'an image') },
    ],
    fixes: [
      { do: 'docker ps -a --filter ancestor={name}', note: 'which containers', fits: is('kind', 'image') },
      { do: 'docker ps -a --filter volume={name}', note: 'which containers', fits: is('kind', 'volume') },
      { do: 'docker ps --filter network={name}', note: 'which containers', fits: is('kind', 'network') },
      {
        do: 'docker network disconnect {name} CONTAINER',
        note: 'for each; or stop them',
        fits: is('kind', 'network'),
      },
      { do: 'docker rm CONTAINER', note: 'for each that is not needed, first', fits: is('kind', 'image', 'volume') },
    ],
    document: 'https://docs.docker.com/engine/manage-resources/pruning/',
    exitCode: 3,
  },
  'E-PATH-NOT-FOUND': {
    title: 'The container {container|} has no {path|such path}',
    explanation: 'Paths in a container are those of its image, of its mounts, and of what its programs wrote.',
    fixes: [
      {
        do: 'docker exec {container} ls {folder|/}',
        note: 'what is there, while it runs',
        fits: known('container'),
      },
      { do: 'docker diff {container}', note: 'what its programs have made', fits: known('container') },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/container/cp/',
    exitCode: 3,
  },
  'E-FILTER': {
    title: 'The engine does not know the filter {filter|of this command}',
    explanation: 'A filter is KEY=VALUE, and each command has keys of its own, some of them with values of their own.',
    fixes: [
      { do: '--filter {key}=…', note: 'one of {values}', fits: known('values') },
      { do: '--filter name=web', note: 'most lists know it: names that contain web' },
      { do: '--filter label=KEY=VALUE', note: 'and this' },
    ],
    document: 'https://docs.docker.com/engine/cli/filter/',
    exitCode: 2,
  },
  'E-NOT-AN-ARCHIVE': {
    title: 'The file is no archive of an image',
    explanation:
      'docker load takes what docker save wrote: images with their layers and names. What docker export wrote are the files of a container, and docker import makes an image of them.',
    fixes: [
      { do: 'tar tf FILE', note: 'is it a tar, and is there a manifest.json in it?' },
      { do: 'docker import FILE NAME', note: 'if docker export wrote it' },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/image/load/',
    exitCode: 3,
  },
} as const satisfies Readonly<Record<string, Cause>>;
