/** Room on the engine's disk, and what a prune would free. */
import { objectIn, scalar } from '../../api/json-parts.ts';
import { causeFailure } from '../../cause-failure.ts';
import { humanSize } from '../../size.ts';
import type { Finding, Probe } from '../probe.ts';
import type { World } from '../world/world.ts';
import { dataFolderHere, infoOf } from './info.ts';

/** Bytes: under the first nothing can be relied on, under the second a pull may not fit. */
const [full, low] = [100_000_000, 5_000_000_000];

const elsewhere: Finding = { state: 'unknown', observed: 'the engine’s disk is not on this machine, or closed to you' };

const room: Probe = {
  id: 'disk.room',
  title: 'room on disk',
  needs: ['engine.info'],
  async look(world) {
    const folder = dataFolderHere(await infoOf(world), world);
    const there = folder === undefined ? undefined : await world.room(folder);
    if (!there || there.size === 0) return elsewhere;
    const evidence = [`${String(folder)}: ${humanSize(there.free, 3)} of ${humanSize(there.size, 3)} free`];
    if (there.free < full) return { state: 'fail', failure: causeFailure('E-DISK-FULL', { evidence }) };
    if (there.free >= low) return { state: 'pass', observed: `${humanSize(there.free, 3)} free` };
    const args = { free: humanSize(there.free, 3), prunable: await prunable(world) };
    return { state: 'warn', failure: causeFailure('E-DISK-LOW', { args, evidence }) };
  },
};

/** Less than a hundredth; of very many, a thousand is enough for an image, and of few, ten is none. */
function isOut(free: number, all: number): boolean {
  return free < Math.max(10, Math.min(1000, all / 100));
}

const inodes: Probe = {
  id: 'disk.inodes',
  title: 'inodes',
  needs: ['engine.info'],
  async look(world) {
    const folder = dataFolderHere(await infoOf(world), world);
    const there = folder === undefined ? undefined : await world.room(folder);
    if (!there) return elsewhere;
    if (there.files === 0) return { state: 'pass', observed: 'this file system does not count them' };
    const seen = `${String(there.freeFiles)} of ${String(there.files)} free`;
    if (isOut(there.freeFiles, there.files))
      return {
        state: 'fail',
        failure: causeFailure('E-INODES', { args: { folder: folder ?? '' }, evidence: [`${String(folder)}: ${seen}`] }),
      };
    return { state: 'pass', observed: seen };
  },
};

const prune: Probe = {
  id: 'disk.prunable',
  title: 'could be freed',
  needs: ['engine.info'],
  async look(world) {
    const parts = prunableIn(await world.engine.get('/system/df'));
    const all = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
    return {
      state: 'pass',
      observed:
        all === 0
          ? 'docker system prune would free nothing'
          : `docker system prune would free ${humanSize(all, 3)}: ${parts
              .filter(([, bytes]) => bytes > 0)
              .map(([what, bytes]) => `${what} ${humanSize(bytes, 3)}`)
              .join(', ')}`,
    };
  },
};

async function prunable(world: World): Promise<string> {
  const parts = prunableIn(await world.engine.get('/system/df'));
  const all = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
  return all === 0 ? 'nothing' : humanSize(all, 3);
}

/** What `docker system prune` takes: stopped containers, dangling images, build cache that nothing uses. In bytes. */
export function prunableIn(usage: unknown): readonly (readonly [what: string, bytes: number])[] {
  const { Containers, Images, BuildCache } = objectIn(usage);
  const sum = (list: unknown, key: string, is: (one: Readonly<Record<string, unknown>>) => boolean): number =>
    (Array.isArray(list) ? list : [])
      .map(objectIn)
      .filter(is)
      .reduce((all, one) => all + (Number(scalar(one[key])) || 0), 0);
  return [
    ['stopped containers', sum(Containers, 'SizeRw', ({ State }) => !['running', 'paused'].includes(scalar(State)))],
    [
      'dangling images',
      sum(Images, 'Size', (image) => isDangling(image) && !(Number(scalar(image['Containers'])) > 0)),
    ],
    ['build cache', sum(BuildCache, 'Size', ({ InUse, Shared }) => InUse !== true && Shared !== true)],
  ];
}

function isDangling({ RepoTags: tags }: Readonly<Record<string, unknown>>): boolean {
  return !Array.isArray(tags) || tags.every((tag) => tag === '<none>:<none>');
}

export const diskProbes: readonly Probe[] = [room, inodes, prune];
