/** Causes of swarm commands. */
import type { Cause } from './cause.ts';

export const swarm = {
  'E-SWARM-INACTIVE': {
    title: 'The engine is not part of a swarm',
    explanation: 'Services, nodes and overlay networks exist only in a swarm; one machine is enough for one.',
    moreExactly: [{ explanation: 'Podman has no swarm.', fits: (_, a) => a['flavour'] === 'podman' }],
    fixes: [
      {
        do: 'docker swarm init',
        note: 'makes this engine the manager of a new swarm',
        fits: (_, a) => a['flavour'] !== 'podman',
      },
    ],
    document: 'https://docs.docker.com/engine/swarm/swarm-mode/',
    exitCode: 4,
    lab: true,
  },
  'E-SWARM-NOT-MANAGER': {
    title: 'The engine is a worker of its swarm, not a manager',
    explanation: 'Only managers know and change the state of the swarm.',
    fixes: [
      { do: 'docker info --format "{{json .Swarm.RemoteManagers}}"', note: 'where the managers are: ask there' },
      { do: 'docker node promote <node>', note: 'on a manager' },
    ],
    document: 'https://docs.docker.com/engine/swarm/manage-nodes/',
    exitCode: 4,
  },
  'E-SWARM-ADDR': {
    title: 'The swarm needs to be told which address of this machine to use',
    explanation:
      'The engine’s machine has several addresses, and the other nodes must be able to reach the one it advertises.',
    fixes: [{ do: 'docker swarm init --advertise-addr <address>', note: '127.0.0.1 is enough for a swarm of one' }],
    document: 'https://docs.docker.com/reference/cli/docker/swarm/init/#advertise-addr',
    exitCode: 4,
  },
} as const satisfies Readonly<Record<string, Cause>>;
