/** Causes in a container: its program, its memory, its mounts, its health. */
import type { Args, Cause, Fix } from './cause.ts';
import type { Machine } from './facts.ts';

/** By tcp or ssh: no folder and no network that this machine shares with a container of its own leads there. */
const elsewhere = (_: Machine, args: Args): boolean => /^(tcp|ssh):/.test(args['address'] ?? '');
const besideIt = (machine: Machine, args: Args): boolean => machine.inContainer && !elsewhere(machine, args);
const goThere: Fix = { do: 'docker-tutor run, on the engine’s machine', note: 'log in there first' };

const runPage = 'https://docs.docker.com/reference/cli/docker/container/run/';

export const container = {
  'E-EXEC-FORMAT': {
    title: 'The kernel cannot run {program|the container’s program}: exec format error',
    explanation:
      'The program is for another processor than the engine’s, or it is a script without a first line such as #!/bin/sh.',
    fixes: [
      { do: 'docker image inspect --format "{{.Os}}/{{.Architecture}}" IMAGE', note: 'what the image is made for' },
      { do: '--platform linux/arm64', note: 'or linux/amd64: build or pull the variant for this machine' },
    ],
    document: 'https://docs.docker.com/build/building/multi-platform/',
    exitCode: 4,
  },
  'E-EXEC-NOT-FOUND': {
    title: 'The container has no program {program|of that name}',
    explanation:
      'It is not in the image, not on its PATH, or the interpreter its first line names is missing. A script with Windows line ends names an interpreter that ends in a carriage return.',
    fixes: [
      { do: 'docker run --rm IMAGE ls /bin /usr/bin', note: 'what is in there; small images have sh, not bash' },
      { do: 'sed -i "s/\\r$//" script.sh', note: 'if the script was written on Windows' },
    ],
    document: runPage,
    exitCode: 4,
  },
  'E-EXEC-DENIED': {
    title: 'The container may not run {program|its program}: permission denied',
    explanation: 'The file lacks its run bit, is a folder, or its file system is mounted noexec.',
    fixes: [
      { do: 'chmod +x script.sh', note: 'before docker build; COPY keeps the bit' },
      { do: 'RUN chmod +x /script.sh', note: 'in the Dockerfile, where the host knows no run bit' },
    ],
    document: runPage,
    exitCode: 4,
  },
  'E-OOM': {
    title: 'The kernel killed {container|the container}: it used more memory than it may',
    explanation: 'Exit code 137 with OOMKilled true: the limit was {limit|that of the container or the machine}.',
    fixes: [
      { do: '--memory 512m', note: 'or more; without it, the machine’s memory is the limit' },
      { do: 'docker stats', note: 'what it uses while it runs' },
    ],
    document: 'https://docs.docker.com/engine/containers/resource_constraints/',
    exitCode: 3,
  },
  'E-MOUNT-DENIED': {
    title: 'The container may not use the mounted folder {path|}',
    explanation:
      'A bind mount keeps the owner and permissions it has on the host; the user in the container is another one.',
    fixes: [
      { do: '--user $(id -u):$(id -g)', note: 'runs as you' },
      { do: 'ls -ln {path|.}', note: 'whose is it, by number' },
    ],
    document: 'https://docs.docker.com/engine/storage/bind-mounts/',
    exitCode: 4,
  },
  'E-SELINUX': {
    title: 'SELinux keeps the container out of {path|the mounted folder}',
    explanation: 'The folder has no label that containers may use.',
    fixes: [
      {
        do: '-v {path|/host/path}:/data:Z',
        note: 'labels the folder for this container; :z for several. Never for a system folder',
      },
    ],
    document: 'https://docs.docker.com/engine/storage/bind-mounts/#configure-the-selinux-label',
    exitCode: 4,
  },
  'E-MOUNT-NOT-SHARED': {
    title: 'Docker Desktop does not share {path|this folder} with its machine',
    explanation: 'Docker Desktop’s engine runs in a virtual machine, and sees only the folders named in its settings.',
    fixes: [
      { do: 'Docker Desktop › Settings › Resources › File sharing', note: 'add {path|the folder}' },
      { do: 'work below your home folder', note: 'it is shared from the start' },
    ],
    document: 'https://docs.docker.com/desktop/settings-and-maintenance/settings/#file-sharing',
    exitCode: 4,
  },
  'E-REMOTE-BIND': {
    title: 'The engine does not see {path|the folder}: it looks on its own machine',
    explanation:
      'A bind mount names a path of the engine’s machine: another host, a virtual machine, or the host of the container that docker-tutor runs in. Builds and volumes work, because their content travels.',
    fixes: [
      {
        do: 'export TMPDIR="$HOME"',
        note: 'for an engine in a virtual machine, a snap: it sees your home',
        fits: (m, a) => m.platform !== 'win32' && a['tried'] !== 'home' && !elsewhere(m, a),
      },
      { ...goThere, fits: elsewhere },
      { do: 'docker context use default', note: 'an engine on this machine', fits: (m) => !m.inContainer },
      {
        do: 'docker run -v /srv/tutor:/srv/tutor -e TMPDIR=/srv/tutor …',
        note: 'the same path inside and outside of the container that docker-tutor runs in',
        fits: besideIt,
      },
      { do: 'docker-tutor list', note: 'most lessons mount no folder' },
    ],
    document: 'https://docs.docker.com/engine/storage/bind-mounts/',
    exitCode: 4,
    lab: true,
  },
  'E-LOOPBACK-PORT': {
    title: 'The lesson publishes a port at 127.0.0.1 of the engine’s machine, and docker-tutor is not on it',
    explanation:
      'A port that is published at 127.0.0.1 answers on that machine only, where the engine is. Here it would have to be asked at {host|another address}.',
    fixes: [
      {
        do: 'docker run --network host …',
        note: 'docker-tutor in a container then has the machine’s own network',
        fits: besideIt,
      },
      { ...goThere, fits: (m, a) => !besideIt(m, a) },
      { do: 'docker-tutor list', note: 'most lessons publish no port there' },
    ],
    document: 'https://docs.docker.com/engine/network/port-publishing/',
    exitCode: 4,
    lab: true,
  },
  'E-USER-NOT-FOUND': {
    title: 'The image has no user {user|of that name}',
    explanation:
      'A user’s name is looked up in /etc/passwd of the container, not of your machine. A number always works.',
    fixes: [
      { do: 'docker run --rm IMAGE cat /etc/passwd', note: 'which users it has' },
      { do: '--user 1000', note: 'a number need not be in that file' },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/container/run/#user',
    exitCode: 3,
  },
  'E-BIND-MISSING': {
    title: 'There is no {path|such folder} on the engine’s machine',
    explanation: '--mount type=bind mounts what is there. -v makes a missing folder, empty and owned by root.',
    fixes: [
      {
        do: 'mkdir -p {path}',
        note: 'makes it, where the engine is on this machine',
        fits: (_, a) => a['path'] !== undefined,
      },
      { do: 'ls -d {path}', note: 'is it spelt so?', fits: (_, a) => a['path'] !== undefined },
    ],
    document: 'https://docs.docker.com/engine/storage/bind-mounts/',
    exitCode: 3,
  },
  'E-MOUNT-KIND': {
    title: 'A file is mounted onto a folder, or a folder onto a file{target|}',
    explanation:
      'Source and target of a bind mount are of one kind. Where the source was missing, an earlier -v has made a folder of its name.',
    fixes: [
      {
        do: 'ls -ld {path|SOURCE}',
        note: 'd at the start: a folder. Was a file meant, remove the empty folder and make the file',
      },
      { do: '-v SOURCE:/folder/file', note: 'a file’s target ends with the file’s name' },
    ],
    document: 'https://docs.docker.com/engine/storage/bind-mounts/',
    exitCode: 3,
  },
  'E-LIMIT-REFUSED': {
    title: 'The engine does not set this limit: {words}',
    explanation: 'A container needs a little memory to start at all, and gets no more processors than the machine has.',
    fixes: [
      { do: '--memory 64m', note: 'm for megabytes, g for gigabytes; a bare number is bytes' },
      { do: 'docker info --format "{{.NCPU}} {{.MemTotal}}"', note: 'processors and bytes of the engine’s machine' },
    ],
    document: 'https://docs.docker.com/engine/containers/resource_constraints/',
    exitCode: 3,
  },
  'E-DEVICE': {
    title: 'The engine’s machine has no device {path|of that name}',
    explanation:
      '--device hands a device of the engine’s machine to the container. On Docker Desktop that machine is a virtual one.',
    fixes: [{ do: 'ls -l /dev', note: 'on the engine’s machine' }],
    document: 'https://docs.docker.com/reference/cli/docker/container/run/#device',
    exitCode: 4,
  },
  'E-GPU': {
    title: 'The engine has no driver for {what|GPUs}',
    explanation:
      '--gpus hands graphics processors to a container. The engine needs a toolkit of their maker for that, and it is not installed, or the machine has none of them.',
    fixes: [
      { do: 'nvidia-smi', note: 'on the engine’s machine: does it see a GPU?' },
      {
        do: 'sudo nvidia-ctk runtime configure --runtime=docker',
        note: 'after the NVIDIA Container Toolkit is installed; then restart the engine',
      },
      { do: 'leave out --gpus', note: 'the program then computes on the processor' },
    ],
    document: 'https://docs.docker.com/engine/containers/gpu/',
    exitCode: 4,
  },
  'E-UNHEALTHY': {
    title: '{container|The container} is unhealthy',
    explanation: 'Its health check failed several times in a row. The evidence has its last output.',
    fixes: [
      { do: 'docker inspect --format "{{json .State.Health}}" {container|CONTAINER}', note: 'each try and its output' },
      { do: 'docker logs {container|CONTAINER}' },
    ],
    document: 'https://docs.docker.com/reference/dockerfile/#healthcheck',
    exitCode: 3,
  },
  'E-EXITED': {
    title: '{container|The container} has ended, with exit code {exitCode|unknown}',
    explanation: 'A container lives as long as its first program. The evidence has the end of its log.',
    fixes: [
      { do: 'docker logs {container|CONTAINER}', note: 'what it said' },
      { do: 'docker inspect --format "{{json .State}}" {container|CONTAINER}' },
    ],
    document: 'https://docs.docker.com/engine/containers/run/',
    exitCode: 3,
  },
} as const satisfies Readonly<Record<string, Cause>>;
