/** Causes in the machine the engine runs on: its kind, its tools, its disk, its clock. */
import type { Args, Cause } from './cause.ts';
import type { Machine } from './facts.ts';

/** The limit that was seen is not the engine's. */
const ofShell = (_: Machine, args: Args): boolean => args['whose'] === 'This shell';

export const machine = {
  'E-PODMAN': {
    title: 'This is Podman’s Docker-compatible API, not a Docker Engine',
    explanation:
      'Most lessons work. There is no swarm, short image names gain localhost/, and some messages read differently.',
    fixes: [{ do: 'docker-tutor list', note: 'says which lessons need a Docker Engine' }],
    document: 'https://docs.docker.com/engine/install/',
    exitCode: 4,
    weight: 'warning',
    lab: true,
  },
  'E-PODMAN-LACKS': {
    title: '{what|This needs a part of Docker’s API, and Podman has none}',
    explanation:
      'Podman answers to a part of Docker’s API. It knows no swarm with its services, nodes, secrets and configs, and no cache of builds; its first network is called podman, docker top counts processes as the container does, events of the past are told in part, health checks are started by systemd, and a registry at 127.0.0.1 must speak https.',
    fixes: [{ do: 'docker-tutor run --context, or --host', note: 'names a Docker Engine' }],
    document: 'https://docs.docker.com/engine/install/',
    exitCode: 4,
    lab: true,
  },
  'E-WINDOWS-CONTAINERS': {
    title: 'The engine runs Windows containers',
    explanation: 'The lessons use Linux images, and an engine in Windows mode cannot run them.',
    fixes: [{ do: 'Docker Desktop’s menu › Switch to Linux containers…' }],
    document: 'https://docs.docker.com/desktop/troubleshoot-and-support/faqs/windowsfaqs/',
    exitCode: 4,
  },
  'E-WSL-INTEGRATION': {
    title: 'Docker Desktop is not connected to this WSL distribution',
    explanation: 'Docker Desktop gives its engine only to the distributions that are ticked in its settings.',
    fixes: [
      {
        do: 'Docker Desktop › Settings › Resources › WSL integration',
        note: 'turn it on for this distribution, then Apply',
      },
      { do: 'wsl --shutdown', note: 'in PowerShell, if it is on already' },
    ],
    document: 'https://docs.docker.com/desktop/features/wsl/',
    exitCode: 4,
  },
  'E-SNAP': {
    title: 'Docker is installed as a snap, which cannot see {path|this folder}',
    explanation: 'The snap’s engine reaches only your home, and no folder in it whose name begins with a dot.',
    fixes: [
      { do: 'move the files below your home', note: 'into a folder without a leading dot' },
      { do: 'sudo snap remove docker', note: 'then install Docker Engine from Docker’s own packages' },
    ],
    document: 'https://docs.docker.com/engine/install/ubuntu/',
    exitCode: 4,
  },
  'E-ROOTLESS-LIMITS': {
    title: 'The rootless engine cannot do this: {what|it is reserved for root}',
    explanation:
      'A rootless engine may not publish ports under 1024, needs cgroup v2 for limits, and has a slower storage driver on old kernels.',
    fixes: [
      { do: 'publish a port from 1024 upward', note: '-p 8080:80' },
      { do: 'sudo sysctl net.ipv4.ip_unprivileged_port_start=80', note: 'allows ports from 80 upward' },
    ],
    document: 'https://docs.docker.com/engine/security/rootless/',
    exitCode: 4,
  },
  'E-CLIENT-MISSING': {
    title: 'The docker command is not installed',
    explanation: 'docker-tutor talks to the engine itself and does not need it. You will, to type what you learn.',
    fixes: [
      { do: 'sudo apt-get install docker-cli', note: 'on Debian 13 and later', fits: (m) => m.platform === 'linux' },
      { do: 'brew install docker', fits: (m) => m.platform === 'darwin' },
    ],
    document: 'https://docs.docker.com/engine/install/',
    exitCode: 4,
    weight: 'warning',
  },
  'E-COMPOSE-MISSING': {
    title: 'docker compose is not installed',
    explanation: 'docker-tutor performs compose files itself. You will need the plugin to type docker compose.',
    fixes: [
      {
        do: 'sudo apt-get install docker-compose-plugin',
        note: 'from Docker’s own packages',
        fits: (m) => m.platform === 'linux',
      },
    ],
    document: 'https://docs.docker.com/compose/install/',
    exitCode: 4,
    weight: 'warning',
  },
  'E-BUILDX-MISSING': {
    title: 'docker buildx is not installed',
    explanation: 'The docker command then builds with the classic builder, and warns of it each time.',
    fixes: [
      {
        do: 'sudo apt-get install docker-buildx-plugin',
        note: 'from Docker’s own packages',
        fits: (m) => m.platform === 'linux',
      },
    ],
    document: 'https://docs.docker.com/build/concepts/overview/',
    exitCode: 4,
    weight: 'warning',
  },
  'E-DISK-FULL': {
    title: 'No space is left on the engine’s disk',
    explanation:
      'The engine could not write. Images, stopped containers, volumes and the build cache take the space; a full inode table says the same.',
    fixes: [
      { do: 'docker system df', note: 'what takes how much' },
      {
        do: 'docker system prune',
        note: 'removes stopped containers, unused networks, dangling images and build cache: yours too, so read its question',
      },
      { do: 'docker-tutor clean --images', note: 'removes only what docker-tutor made' },
    ],
    document: 'https://docs.docker.com/engine/manage-resources/pruning/',
    exitCode: 4,
  },
  'E-DISK-LOW': {
    title: 'Only {free|little} is free on the engine’s disk',
    explanation: 'Under 5 GB, pulls and builds may fail halfway. docker system prune would free {prunable|some of it}.',
    fixes: [
      { do: 'docker system df', note: 'what takes how much' },
      {
        do: 'docker system prune',
        note: 'would free {prunable|some of it}; it takes your stopped containers too',
        fits: (_, a) => a['prunable'] !== 'nothing',
      },
      {
        do: 'sudo du -xh -d 2 {mount|/} | sort -h | tail -n 20',
        note: 'what else takes the room on that disk',
        fits: (m, a) => a['prunable'] === 'nothing' && m.platform === 'linux',
      },
    ],
    document: 'https://docs.docker.com/engine/manage-resources/pruning/',
    exitCode: 4,
    weight: 'warning',
  },
  'E-INODES': {
    title: 'The engine’s disk has no inodes left',
    explanation:
      'There is room in bytes, but not for one more file: many small files in images, volumes or the build cache.',
    fixes: [
      { do: 'df -i {folder|}', note: 'IUse% of the engine’s disk' },
      { do: 'docker system prune', note: 'takes your stopped containers too' },
    ],
    document: 'https://docs.docker.com/engine/manage-resources/pruning/',
    exitCode: 4,
  },
  'E-CLOCK': {
    title: 'A clock is wrong: {what|a certificate is not valid at this time}',
    explanation:
      'Certificates hold from one moment to another. A clock that is off makes good ones look too new or too old.',
    fixes: [
      { do: 'date -u', note: 'compare with a clock you trust' },
      { do: 'sudo timedatectl set-ntp true', fits: (m) => m.systemd },
      { do: 'wsl --shutdown', note: 'in PowerShell: WSL’s clock lags after sleep', fits: (m) => m.wsl },
    ],
    document: 'https://docs.docker.com/engine/daemon/troubleshoot/',
    exitCode: 4,
  },
  'E-CGROUP': {
    title: 'The engine cannot enforce limits: {what|the kernel lacks the cgroup controller}',
    explanation:
      'Memory, CPU and process limits are the kernel’s work. This kernel, or the place the engine runs in, does not offer that controller.',
    fixes: [
      { do: 'docker info', note: 'its last lines name what is missing' },
      {
        do: 'add cgroup_enable=memory swapaccount=1 to the kernel’s command line',
        note: 'then restart the machine',
        fits: (m) => m.platform === 'linux' && !m.wsl,
      },
    ],
    document: 'https://docs.docker.com/engine/containers/resource_constraints/',
    exitCode: 4,
  },
  'E-CGROUP-V1': {
    title: 'The engine’s machine uses cgroup v1',
    explanation: 'It works, and is being retired. A rootless engine cannot enforce limits with it.',
    fixes: [{ do: 'upgrade the system', note: 'current distributions start with cgroup v2' }],
    document: 'https://docs.docker.com/engine/containers/runmetrics/',
    exitCode: 4,
    weight: 'warning',
  },
  'E-STORAGE-DRIVER': {
    title: 'The engine’s storage driver is a poor one: {driver|overlay is refused}',
    explanation:
      'With vfs each layer is a full copy: slow, and large. It is taken where overlay2 is not possible, as inside another container or on some file systems.',
    fixes: [{ do: 'docker info --format "{{.Driver}}"', note: 'should be overlay2 or overlayfs' }],
    document: 'https://docs.docker.com/engine/storage/drivers/select-storage-driver/',
    exitCode: 4,
    weight: 'warning',
  },
  'E-NOFILE': {
    title: '{whose|The engine} may open {limit|no more} files',
    explanation: 'Its limit of open files is reached; each container, layer and connection needs some.',
    moreExactly: [
      {
        explanation: 'docker-tutor and the docker command need some for each file and connection.',
        fits: ofShell,
      },
      {
        explanation: 'Each container, layer and connection needs some of them. Packages of Docker ask for 1048576.',
        fits: (_, a) => a['limit'] !== undefined,
      },
    ],
    fixes: [
      {
        do: 'sudo systemctl edit docker',
        note: 'add [Service] and LimitNOFILE=1048576, then restart docker',
        fits: (m, a) => m.systemd && !ofShell(m, a),
      },
      {
        do: 'add ulimit -n 1048576 to /etc/default/docker',
        note: 'then sudo service docker restart',
        fits: (m, a) => m.platform === 'linux' && !m.systemd && !m.desktop && !ofShell(m, a),
      },
      { do: 'sudo prlimit --pid $$ --nofile=65536', note: 'raises that of this shell', fits: ofShell },
      { do: 'ulimit -n', note: 'the limit in this shell', fits: (m, a) => !ofShell(m, a) },
    ],
    document: 'https://docs.docker.com/reference/cli/dockerd/#default-ulimit-settings',
    exitCode: 4,
  },
  'E-PS-MISSING': {
    title: 'The engine’s machine has no program ps',
    explanation: 'docker top runs ps on the engine’s machine, outside the container, and shows its lines.',
    fixes: [
      { do: 'docker exec {container|CONTAINER} ps', note: 'asks inside, if the image has ps' },
      { do: 'sudo apt-get install procps', note: 'on the engine’s machine' },
    ],
    document: 'https://docs.docker.com/reference/cli/docker/container/top/',
    exitCode: 4,
  },
  'E-PLUGIN-NOT-FOUND': {
    title: 'The engine has no {what|plugin} {name|of that name}',
    explanation: 'Drivers beyond the engine’s own, and runtimes beside runc, are installed and named to it first.',
    fixes: [
      { do: 'docker info --format "{{json .Plugins}}"', note: 'its drivers', fits: (_, a) => a['what'] !== 'runtime' },
      {
        do: 'docker info --format "{{json .Runtimes}}"',
        note: 'its runtimes',
        fits: (_, a) => a['what'] === 'runtime',
      },
    ],
    document: 'https://docs.docker.com/engine/extend/',
    exitCode: 4,
  },
} as const satisfies Readonly<Record<string, Cause>>;
