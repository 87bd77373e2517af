/** What can only be seen by doing it: fetched, run, built, mounted, published. All of it is labelled, and removed at the end. */
import { causeFailure } from '../../cause-failure.ts';
import { hostOf, isAddress, parseAddress } from '../../engine/connect/address.ts';
import { hostQuestion, hostTold } from '../../engine/connect/host-told.ts';
import { Failure } from '../../failure.ts';
import type { Finding, Probe } from '../probe.ts';
import type { Performed, World } from '../world/world.ts';
import { infoOf, socketOf, textsIn } from './info.ts';
import { objectIn } from '../../api/json-parts.ts';

/** Small, and with a shell and a web server in it. */
const image = 'busybox';

const fetched: Probe = {
  id: 'deep.registry',
  title: 'registry',
  needs: ['engine.info'],
  async look(world) {
    try {
      await world.engine.get(`/distribution/${image}:latest/json`);
    } catch (error) {
      const mirrors = await mirrorsOf(world);
      // what a mirror lacks may be had behind it: the pull tells
      if (mirrors.length > 0 && error instanceof Failure && /^E-(?:TAG|IMAGE)-NOT-FOUND$/.test(error.code))
        return { state: 'unknown', observed: `the mirror that the engine asks has no ${image}`, evidence: mirrors };
      // the engine still waits for it
      if (!(error instanceof Error && error.name === 'TimeoutError')) throw error;
      return { state: 'fail', failure: causeFailure('E-PROXY-DAEMON', { evidence: [error.message] }) };
    }
    return { state: 'pass', observed: `the engine asked it for ${image}` };
  },
};

async function mirrorsOf(world: World): Promise<readonly string[]> {
  const { RegistryConfig: config } = await infoOf(world);
  return textsIn(objectIn(config)['Mirrors']);
}

/** Fewer are soon used up by a class that shares an address. */
const fewPulls = 10;

const rate: Probe = {
  id: 'deep.rate',
  title: 'pulls left',
  needs: [],
  async look(world) {
    const pulls = await world.deep.pullsLeft();
    if (!pulls) return { state: 'unknown', observed: 'Docker Hub does not say, or is not reached from here' };
    const left = `${String(pulls.left)} of ${String(pulls.of)} are left for this address.`;
    if (pulls.left < fewPulls)
      return { state: 'warn', observed: left, failure: causeFailure('E-RATE-LIMIT', { args: { left } }) };
    return { state: 'pass', observed: left.replace(/\.$/, '') };
  },
};

const present: Probe = {
  id: 'deep.image',
  title: 'an image',
  needs: ['engine.kind'],
  async look(world) {
    if (await isHere(world)) return { state: 'pass', observed: `${image} is here` };
    return done(await world.deep.perform(`pull ${image}`), `${image} was pulled`);
  },
};

async function isHere(world: World): Promise<boolean> {
  const images = await world.engine.get('/images/json');
  return Array.isArray(images) && images.some((one) => textsIn(objectIn(one)['RepoTags']).includes(`${image}:latest`));
}

/** @param seen told where it went well @param expected what must have been printed */
function done(performed: Performed, seen: string, expected?: string): Finding {
  const { exitCode, stdout, stderr, failure } = performed;
  const evidence = lastLines(`${stdout}\n${stderr}`);
  if (failure) throw failure;
  if (exitCode === 0 && (expected === undefined || stdout.includes(expected))) return { state: 'pass', observed: seen };
  return {
    state: 'fail',
    failure: causeFailure('E-EXITED', { args: { container: 'It', exitCode: String(exitCode) }, evidence }),
  };
}

function lastLines(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-3);
}

const run: Probe = {
  id: 'deep.run',
  title: 'docker run',
  needs: ['deep.image'],
  look: async ({ deep }) =>
    done(await deep.perform(`run --rm ${image} echo ${deep.name}`), 'a container ran', deep.name),
};

const build: Probe = {
  id: 'deep.build',
  title: 'docker build',
  needs: ['deep.run'],
  look: async ({ deep }) => done(await deep.perform(`build -t ${deep.name} '${deep.folder()}'`), 'an image was built'),
};

const volume: Probe = {
  id: 'deep.volume',
  title: 'volume',
  needs: ['deep.run'],
  async look({ deep }) {
    const mounted = `run --rm -v ${deep.name}:/data ${image}`;
    const written = await deep.perform(`${mounted} sh -c 'echo ${deep.name} > /data/file'`);
    if (written.failure || written.exitCode !== 0) return done(written, '');
    return done(await deep.perform(`${mounted} cat /data/file`), 'what was written is there', deep.name);
  },
};

const bind: Probe = {
  id: 'deep.bind',
  title: 'bind mount',
  needs: ['deep.run'],
  async look(world) {
    const { deep } = world;
    const folder = deep.folder();
    const read = await deep.perform(`run --rm -v '${folder}':/x:ro ${image} cat /x/token`);
    if (read.failure || read.stdout.includes(deep.name))
      return done(read, 'a folder of this machine is seen', deep.name);
    const evidence = lastLines(read.stderr);
    // the kernel's words, as busybox prints them
    if (!/permission denied/i.test(read.stderr))
      return {
        state: 'fail',
        failure: causeFailure('E-REMOTE-BIND', {
          args: { path: folder, address: world.engine.endpoint().address },
          evidence,
        }),
      };
    const isSelinux = world.text('/sys/fs/selinux/enforce')?.trim() === '1';
    const code = isSelinux ? 'E-SELINUX' : 'E-MOUNT-DENIED';
    return { state: 'fail', failure: causeFailure(code, { args: { path: folder }, evidence }) };
  },
};

const port: Probe = {
  id: 'deep.port',
  title: 'published port',
  needs: ['deep.run'],
  async look(world) {
    const { deep } = world;
    const name = `${deep.name}-web`;
    const started = await deep.perform(`run -d --name ${name} -p 8080 ${image} httpd -f -p 8080 -h /etc`);
    if (started.failure || started.exitCode !== 0) return done(started, '');
    const told = await deep.perform(`port ${name} 8080`);
    const [, number] = /:(\d+)\s*$/m.exec(told.stdout) ?? [];
    if (number === undefined) return done({ ...told, exitCode: told.exitCode || 1 }, '');
    const url = `http://${await urlHost(world)}:${number}/hostname`;
    const page = await deep.page(url);
    if (page?.status === 200) return { state: 'pass', observed: `${url} answers` };
    const evidence = [`GET ${url}: ${page ? `status ${String(page.status)}` : 'no answer'}`];
    if (world.machine.inContainer && socketOf(world) !== undefined)
      return { state: 'unknown', observed: 'its ports are those of the machine around this container', evidence };
    const inside = await deep.perform(`exec ${name} wget -q -O - http://127.0.0.1:8080/hostname`);
    if (inside.exitCode !== 0) return done(inside, '');
    return {
      state: 'fail',
      failure: causeFailure('E-FORWARD-DROP', {
        args: { port: number, what: `the published port ${number} is silent` },
        evidence,
      }),
    };
  },
};

async function urlHost(world: World): Promise<string> {
  const address = parseAddress(world.engine.endpoint().address);
  const host = !isAddress(address)
    ? 'localhost'
    : address.kind === 'ssh'
      ? hostTold((await world.run('ssh', hostQuestion(address)))?.stdout ?? '', address)
      : hostOf(address);
  return host === 'localhost' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
}

const names: Probe = {
  id: 'deep.names',
  title: 'names inside',
  needs: ['deep.run'],
  async look({ deep }) {
    const [network, server] = [`${deep.name}-net`, `${deep.name}-server`];
    for (const line of [
      `network create ${network}`,
      `run -d --name ${server} --network ${network} ${image} sleep 60`,
    ]) {
      const made = await deep.perform(line);
      if (made.failure || made.exitCode !== 0) return done(made, '');
    }
    const asked = await deep.perform(`run --rm --network ${network} ${image} ping -c 1 -W 2 ${server}`);
    return done(asked, 'containers of a network find each other by name');
  },
};

const outside: Probe = {
  id: 'deep.outside',
  title: 'network outside',
  needs: ['deep.run', 'deep.registry'],
  async look(world) {
    // the engine was answered by a mirror, which says nothing of the network outside
    if ((await mirrorsOf(world)).length > 0)
      return { state: 'unknown', observed: 'the engine asks a mirror, not the registry itself' };
    const asked = await world.deep.perform(`run --rm ${image} nslookup registry-1.docker.io`);
    if (asked.failure) throw asked.failure;
    if (asked.exitCode === 0) return { state: 'pass', observed: 'containers resolve names of the internet' };
    const evidence = lastLines(`${asked.stdout}\n${asked.stderr}`);
    return { state: 'fail', failure: causeFailure('E-PROXY-CONTAINER', { evidence }) };
  },
};

export const deepProbes: readonly Probe[] = [fetched, rate, present, run, build, volume, bind, port, names, outside];
