/** The learner’s rights, logins and proxies. */
import { causeFailure } from '../../cause-failure.ts';
import { configFolder } from '../../engine/connect/endpoint.ts';
import { readDockerConfig } from '../../engine/config/docker-config.ts';
import type { DockerConfig } from '../../engine/config/docker-config.ts';
import { Failure } from '../../failure.ts';
import { hideSecretsIn } from '../../secret.ts';
import { scalar } from '../../api/json-parts.ts';
import type { Finding, Probe } from '../probe.ts';
import type { Ran, World } from '../world/world.ts';
import { infoOf, socketOf } from './info.ts';
import { programOnPath } from './on-path.ts';

/** Undefined where it cannot be read, which endpoint.config tells. */
function configOf(world: World): DockerConfig | undefined {
  try {
    return readDockerConfig(configFolder(world), world.configFiles);
  } catch (error) {
    if (error instanceof Failure && error.code === 'E-CONFIG-INVALID') return undefined;
    throw error;
  }
}

const unreadable: Finding = { state: 'unknown', observed: 'the docker config cannot be read' };

const group: Probe = {
  id: 'client.group',
  title: 'group docker',
  needs: [],
  async look({ machine }): Promise<Finding> {
    if (machine.platform !== 'linux') return { state: 'pass', observed: 'not needed on this system' };
    if (machine.root) return { state: 'pass', observed: 'root needs no group' };
    switch (machine.dockerGroup) {
      case 'member':
        return { state: 'pass', observed: `${machine.user} is in it` };
      case 'next-login':
        return {
          state: 'warn',
          observed: `${machine.user} is in it from the next login on`,
          explanation: 'A login knows the groups that its user had when it began.',
          hints: ['newgrp docker (in this terminal; or log out and in again)'],
        };
      case 'no':
        return { state: 'pass', observed: `${machine.user} is not in it, which matters for the system’s socket only` };
    }
  },
};

const logins: Probe = {
  id: 'client.logins',
  title: 'logins',
  needs: ['endpoint.config'],
  async look(world) {
    const config = configOf(world);
    if (!config) return unreadable;
    const { auths, credsStore, credHelpers } = config;
    const names = Object.keys(auths ?? {}).map((name) => name.replace(/^https?:\/\//, '').replace(/\/v1\/$/, ''));
    if (names.length === 0) return { state: 'pass', observed: 'none: public images need none' };
    const isPlain = Object.values(auths ?? {}).some((auth) => (auth?.auth ?? '') !== '');
    const isKept = (credsStore ?? '') !== '' || Object.keys(credHelpers ?? {}).length > 0;
    const where = isPlain ? ' (unencrypted in the docker config)' : isKept ? ' (kept by a helper)' : '';
    return { state: 'pass', observed: `${names.map(hideSecretsIn).join(', ')}${where}` };
  },
};

const helpers: Probe = {
  id: 'client.helpers',
  title: 'login helpers',
  needs: ['endpoint.config'],
  async look(world) {
    const config = configOf(world);
    if (!config) return unreadable;
    const programs = helperPrograms(config);
    for (const { program, key } of programs) {
      const args = { program, key, file: `${configFolder(world)}/config.json` };
      // no colon after its name: what follows one there looks like a secret
      if (programOnPath(program, world) === undefined) {
        const evidence = [`no program ${program} on PATH`];
        return { state: 'fail', failure: causeFailure('E-CRED-HELPER', { args, evidence }) };
      }
      const fault = helperFault(await world.run(program, ['list']));
      if (fault !== undefined) {
        const failing = { ...args, so: 'does not work' };
        const evidence = [`${program} list ${fault}`];
        // images are asked for without a login then, and public ones come
        return { state: 'warn', failure: causeFailure('E-CRED-HELPER', { args: failing, evidence }) };
      }
    }
    const names = programs.map(({ program }) => program);
    return { state: 'pass', observed: names.length === 0 ? 'none' : names.join(', ') };
  },
};

interface HelperProgram {
  readonly program: string;
  /** Of config.json, that names it. */
  readonly key: 'credsStore' | 'credHelpers';
}

/** Each once, by the key that is to be changed first. */
function helperPrograms({ credsStore, credHelpers }: DockerConfig): readonly HelperProgram[] {
  const named = [
    ['credsStore', credsStore],
    ...Object.values(credHelpers ?? {}).map((name) => ['credHelpers', name] as const),
  ] as const;
  const programs = new Map<string, HelperProgram>();
  for (const [key, name] of named) {
    const program = `docker-credential-${String(name)}`;
    if (typeof name === 'string' && name !== '' && !programs.has(program)) programs.set(program, { program, key });
  }
  return [...programs.values()];
}

/** What it prints is not told: it may be of a keychain. */
function helperFault(ran: Ran | undefined): string | undefined {
  if (!ran) return 'cannot be started, or does not end';
  // those for one registry often have only get
  if (ran.code !== 0)
    return /not implemented|not supported/i.test(ran.stdout + ran.stderr)
      ? undefined
      : `ended with code ${String(ran.code)}`;
  try {
    JSON.parse(ran.stdout);
    return undefined;
  } catch {
    return 'answered something that is not JSON';
  }
}

const proxies: Probe = {
  id: 'client.proxies',
  title: 'proxies',
  needs: ['endpoint.config', 'engine.info'],
  async look(world) {
    const info = await infoOf(world);
    const engines = [scalar(info['HttpsProxy']), scalar(info['HttpProxy'])].find((one) => one !== '');
    const ours = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']
      .map((name) => world.env[name] ?? '')
      .find((one) => one !== '');
    const containers = Object.keys((configOf(world)?.['proxies'] as object | null | undefined) ?? {}).length > 0;
    const evidence = [
      `this shell: ${hideSecretsIn(ours ?? 'none')}`,
      `the engine: ${hideSecretsIn(engines ?? 'none')}`,
      `containers and builds: ${containers ? 'proxies of the docker config' : 'none'}`,
    ];
    // Docker Desktop brings its own way out
    if (engines !== undefined && !containers && !world.machine.desktop)
      return { state: 'warn', failure: causeFailure('E-PROXY-CONTAINER', { evidence }) };
    if (ours !== undefined && engines === undefined && !world.machine.desktop && socketOf(world) !== undefined)
      return {
        state: 'warn',
        observed: 'this shell goes through a proxy, and the engine through none',
        explanation: 'It is the engine that fetches images. Where the network has no other way out, it cannot.',
        hints: [
          'docker-tutor doctor --deep (asks the registry through the engine)',
          'set HTTP_PROXY and HTTPS_PROXY for dockerd',
        ],
        evidence,
      };
    return { state: 'pass', observed: engines === undefined && ours === undefined ? 'none' : evidence.join('; ') };
  },
};

export const accountProbes: readonly Probe[] = [group, logins, helpers, proxies];
