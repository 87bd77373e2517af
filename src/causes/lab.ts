/** Why the private engine of `--lab` cannot be had. What stands in the way, and the fix for it, is in the failure's own words. */
import type { Explanation } from './cause.ts';

export const lab = {
  'E-LAB-OS': {
    explanation: 'The lab starts a Docker Engine on this machine itself, and an engine needs the kernel of Linux.',
    document: 'https://docs.docker.com/engine/install/',
  },
  'E-LAB-ROOT': {
    explanation: 'An engine makes namespaces, mounts and firewall rules, which the kernel lets only root do.',
    document: 'https://docs.docker.com/engine/install/linux-postinstall/',
  },
  'E-LAB-PRIVILEGES': {
    explanation:
      'Linux divides root’s rights into capabilities; an engine mounts file systems and sets up networks, and cannot do without these.',
    document: 'https://docs.docker.com/engine/containers/run/',
  },
  'E-LAB-OTHER-ENGINE': {
    explanation: 'Each engine keeps a bridge docker0 and its own firewall rules; two would overwrite each other’s.',
    document: 'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
  },
  'E-LAB-PACKAGE-MANAGER': {
    explanation: 'The lab takes its programs from packages of Debian or Ubuntu, and brings none of its own.',
    document: 'https://docs.docker.com/engine/install/',
  },
  'E-LAB-INSTALL': {
    explanation:
      'Most often the sources of the packages cannot be reached, or lack one of them: apt-get’s own words tell.',
    document: 'https://docs.docker.com/engine/install/',
  },
  'E-LAB-CONSENT': {
    explanation: 'Nothing is installed on a machine without a yes to it.',
    document: 'https://docs.docker.com/engine/install/',
  },
  'E-LAB-FOLDER': {
    explanation:
      'The lab keeps its images, containers and logs in one folder, so that all of it can be removed with it.',
    document: 'https://docs.docker.com/engine/daemon/',
  },
  'E-LAB-START': {
    explanation: 'The engine, or containerd under it, ended or did not answer: the last lines of its log tell why.',
    fixes: [
      { do: 'docker-tutor lab down --purge', note: 'then lab up: starts from nothing' },
      { do: 'docker-tutor lab status', note: 'what runs of it, and where' },
    ],
    document: 'https://docs.docker.com/engine/daemon/troubleshoot/',
  },
  'E-LAB-DOWN': {
    explanation: 'Its images can be made only while its engine and its registry run.',
    document: 'https://docs.docker.com/engine/daemon/',
  },
  'E-LAB-BUSY': {
    explanation: 'Two commands that start, stop or fill the lab at the same time would spoil each other’s work.',
    fixes: [{ do: 'docker-tutor lab status', note: 'what there is of it now' }],
  },
  'E-LAB-IMAGE': {
    explanation:
      'Where Docker Hub cannot be reached, the lab makes images of the same names from packages of this system.',
    fixes: [{ do: 'docker-tutor lab status', note: 'which stand-ins there are, and whether Docker Hub is reached' }],
  },
  'E-LAB-REGISTRY': {
    explanation: 'The lab’s engine pulls its images from a registry of its own on this machine.',
    fixes: [{ do: 'docker-tutor lab status', note: 'whether it runs' }],
  },
} as const satisfies Readonly<Record<string, Explanation>>;
