/** What the learner types with: the docker command and its plugins. docker-tutor itself needs none of them. */
import { causeFailure } from '../../cause-failure.ts';
import { configFolder } from '../../engine/connect/endpoint.ts';
import { isBefore } from '../../version-order.ts';
import { objectIn, scalar } from '../../api/json-parts.ts';
import type { CauseId } from '../../causes/catalogue.ts';
import type { Finding, Probe } from '../probe.ts';
import type { World } from '../world/world.ts';
import { programOnPath } from './on-path.ts';

const docker: Probe = {
  id: 'client.docker',
  title: 'docker command',
  needs: [],
  async look(world) {
    const path = programOnPath('docker', world);
    if (path === undefined) return { state: 'warn', failure: causeFailure('E-CLIENT-MISSING') };
    const version = await clientVersion(world);
    return version === undefined
      ? { state: 'unknown', observed: `${path} does not tell its version` }
      : { state: 'pass', observed: `${version}, ${path}` };
  },
};

/** What the docker command says, without asking an engine; undefined where it says nothing of the kind. */
async function clientVersion(world: World): Promise<string | undefined> {
  const path = programOnPath('docker', world);
  const ran = path === undefined ? undefined : await world.run(path, ['--version']);
  return ran?.code === 0 ? /version (\d+\.\d+(?:\.\d+)?)/i.exec(ran.stdout)?.[1] : undefined;
}

/** Newest API of each docker command, from the release it came with, newest first (docs: API version matrix). */
const newestApi: readonly (readonly [release: string, api: string])[] = [
  ['29.0', '1.52'],
  ['28.3', '1.51'],
  ['28.2', '1.50'],
  ['28.1', '1.49'],
  ['28.0', '1.48'],
  ['27.2', '1.47'],
  ['27.0', '1.46'],
  ['26.0', '1.45'],
  ['25.0', '1.44'],
  ['24.0', '1.43'],
  ['23.0', '1.42'],
  ['20.10', '1.41'],
  ['19.3', '1.40'],
];

/** The oldest API that the docker command still speaks. */
const oldestApi = (client: string): string => (isBefore(client, '29.0') ? '1.24' : '1.44');

const versions: Probe = {
  id: 'client.versions',
  title: 'command and engine',
  needs: ['client.docker', 'engine.answers'],
  async look(world) {
    const client = (await clientVersion(world)) ?? '';
    const told = objectIn(await world.engine.get('/version'));
    const [newest, oldest] = [scalar(told['ApiVersion']), scalar(told['MinAPIVersion'])];
    const ours = newestApi.find(([release]) => !isBefore(client, release))?.[1];
    if (client === '' || newest === '' || ours === undefined)
      return { state: 'unknown', observed: 'their versions are not known' };
    const engine = scalar(told['Version']);
    if (oldest !== '' && isBefore(ours, oldest))
      return tooFar(`docker ${client} is too old for the engine`, 'docker command', engine);
    if (isBefore(newest, oldestApi(client)))
      return tooFar(`docker ${client} is too new for the engine`, 'engine', engine);
    const shared = isBefore(ours, newest) ? ours : newest;
    return { state: 'pass', observed: `docker ${client} and engine ${engine} speak API ${shared}` };
  },
};

function tooFar(observed: string, behind: string, engine: string): Finding {
  return {
    state: 'warn',
    observed: `${observed}, which is ${engine}`,
    explanation:
      'They have no version of the API in common: docker-tutor speaks with the engine, the docker command does not.',
    hints: [`upgrade the ${behind}`],
  };
}

/** Where the docker command looks for its plugins, first to last (docker/cli, cli-plugins/manager). */
function pluginFolders(world: Pick<World, 'env' | 'home'>): readonly string[] {
  return [
    `${configFolder(world)}/cli-plugins`,
    '/usr/local/lib/docker/cli-plugins',
    '/usr/local/libexec/docker/cli-plugins',
    '/usr/lib/docker/cli-plugins',
    '/usr/libexec/docker/cli-plugins',
  ];
}

function plugin(id: string, name: string, missing: CauseId): Probe {
  return {
    id,
    title: `docker ${name}`,
    needs: [],
    async look(world) {
      const exe = world.machine.platform === 'win32' ? '.exe' : '';
      const places = pluginFolders(world).map((folder) => `${folder}/docker-${name}${exe}`);
      const path = places.find((place) => world.isProgram(place));
      if (path === undefined)
        return { state: 'warn', failure: causeFailure(missing, { evidence: beside(name, world) }) };
      const ran = await world.run(path, ['docker-cli-plugin-metadata']);
      const version = ran?.code === 0 ? versionIn(ran.stdout) : undefined;
      if (version !== undefined) return { state: 'pass', observed: `${version}, ${path}` };
      const evidence = [`${path} docker-cli-plugin-metadata gives no version`];
      return { state: 'warn', failure: causeFailure(missing, { evidence }) };
    },
  };
}

function versionIn(metadata: string): string | undefined {
  try {
    const version = scalar(objectIn(JSON.parse(metadata))['Version']).replace(/^v/, '');
    return version === '' ? undefined : version;
  } catch {
    // a program that is no plugin
    return undefined;
  }
}

/** The older program of that name is another one. */
function beside(name: string, world: World): readonly string[] {
  const path = programOnPath(`docker-${name}`, world);
  return path === undefined ? [] : [`${path} is there, and is no plugin in a folder that docker looks in`];
}

export const clientProbes: readonly Probe[] = [
  docker,
  plugin('client.compose', 'compose', 'E-COMPOSE-MISSING'),
  plugin('client.buildx', 'buildx', 'E-BUILDX-MISSING'),
  versions,
];
