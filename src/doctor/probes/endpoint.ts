/** Which engine is asked, and whether it answers. */
import { causeFailure } from '../../cause-failure.ts';
import { hideSecretsIn } from '../../secret.ts';
import { configFolder } from '../../engine/connect/endpoint.ts';
import { readDockerConfig } from '../../engine/config/docker-config.ts';
import type { Endpoint } from '../../engine/engine.ts';
import { Failure } from '../../failure.ts';
import type { Finding, Probe } from '../probe.ts';
import type { World } from '../world/world.ts';

const config: Probe = {
  id: 'endpoint.config',
  title: 'docker config',
  needs: [],
  async look(world) {
    const folder = configFolder(world);
    const file = `${folder}/config.json`;
    try {
      const read = readDockerConfig(folder, world.configFiles);
      const isEmpty = Object.keys(read).length === 0;
      return { state: 'pass', observed: isEmpty ? `${file} is not there, or empty: that is fine` : file };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { state: isNeeded(world) ? 'fail' : 'warn', failure: error };
    }
  },
};

/** Without it, an engine is found where something else names one. */
function isNeeded(world: World): boolean {
  try {
    world.engine.endpoint();
    return false;
  } catch (error) {
    return error instanceof Failure && error.code === 'E-CONFIG-INVALID';
  }
}

const chosen: Probe = {
  id: 'endpoint.chosen',
  title: 'which engine',
  needs: ['endpoint.config'],
  look: async (world) => {
    const endpoint = world.engine.endpoint();
    return { state: 'pass', observed: hideSecretsIn(endpoint.address), evidence: stepsTo(endpoint, world) };
  },
};

/** The docker CLI's order; the first that says something decides. */
const order: readonly (readonly [Endpoint['from'], string])[] = [
  ['lab', '--lab'],
  ['context-option', '--context'],
  ['host-option', '--host'],
  ['DOCKER_HOST', 'DOCKER_HOST'],
  ['DOCKER_CONTEXT', 'DOCKER_CONTEXT'],
  ['current-context', 'currentContext of the docker config'],
  ['default', 'the default of this system'],
];

/** How it was chosen, a line a step. */
function stepsTo({ from, detail, tls }: Endpoint, { wish }: World): readonly string[] {
  const steps = order.filter(([name]) => name !== 'lab' || wish.lab === true);
  const at = steps.findIndex(([name]) => name === from);
  const lines = steps.slice(0, at + 1).map(([name, words]) => {
    if (name !== from) return `${words}: not given`;
    return `${words}${detail === undefined ? '' : ` ${detail}`}: decides${tls ? ', with TLS' : ''}`;
  });
  return steps.length - at > 1 && at >= 0
    ? [
        ...lines,
        `not looked at after that: ${steps
          .slice(at + 1)
          .map(([, words]) => words)
          .join(', ')}`,
      ]
    : lines;
}

const answers: Probe = {
  id: 'engine.answers',
  title: 'engine answers',
  needs: ['endpoint.chosen'],
  async look(world) {
    try {
      const { version, apiVersion, flavour } = await world.engine.about();
      return { state: 'pass', observed: `${flavour === 'podman' ? 'Podman' : 'Docker'} ${version}, API ${apiVersion}` };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { state: 'fail', failure: await moreExactly(error, world) };
    }
  },
};

/** What only a look at the machine tells. */
async function moreExactly(failure: Failure, world: World): Promise<Failure> {
  const { machine } = world;
  const { args, evidence } = failure;
  // Docker Desktop lends its engine by this socket alone
  const isLent = failure.code === 'E-SOCKET-MISSING' && machine.wsl && !machine.dockerd && args['from'] === 'default';
  if (isLent) return causeFailure('E-WSL-INTEGRATION', { args, evidence, cause: failure });
  const hasLog = machine.systemd && (failure.code === 'E-DAEMON-DOWN' || failure.code === 'E-DAEMON-HUNG');
  if (!hasLog || !/^unix:/.test(args['address'] ?? '')) return failure;
  const log = await world.run('journalctl', ['-u', 'docker', '-n', '5', '--no-pager', '-o', 'cat']);
  const lines = log?.code === 0 ? log.stdout.split('\n').filter((line) => line.trim() !== '') : [];
  return lines.length === 0
    ? failure
    : new Failure(failure.message, {
        code: failure.code,
        exitCode: failure.exitCode,
        hints: failure.hints,
        args,
        evidence: [...evidence, ...lines.map((line) => `journal: ${line}`)],
        cause: failure,
      });
}

/** What an engine that has answered is like, beside what it can. */
const kind: Probe = {
  id: 'engine.kind',
  title: 'kind of engine',
  needs: ['engine.info'],
  async look(world): Promise<Finding> {
    const { flavour } = await world.engine.about();
    const info = (await world.engine.get('/info')) as Readonly<Record<string, unknown>>;
    if (info['OSType'] === 'windows') return { state: 'fail', failure: causeFailure('E-WINDOWS-CONTAINERS') };
    if (flavour === 'podman') return { state: 'warn', failure: causeFailure('E-PODMAN') };
    return { state: 'pass', observed: 'Docker Engine with Linux containers' };
  },
};

export const endpointProbes: readonly Probe[] = [config, chosen, answers];
export const kindProbe = kind;
