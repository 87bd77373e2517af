/** What is on the engine, and is not well. */
import { objectIn, scalar } from '../../api/json-parts.ts';
import type { JsonObject } from '../../api/request.ts';
import { causeFailure } from '../../cause-failure.ts';
import type { Finding, Probe } from '../probe.ts';
import { engineWords } from '../safe-fixes.ts';
import type { World } from '../world/world.ts';

/** Looked at one by one, at most. */
const most = 10;

async function containersOf(world: World): Promise<readonly JsonObject[]> {
  const list = await world.engine.get('/containers/json', { all: '1' });
  return Array.isArray(list) ? list.map(objectIn) : [];
}

function nameOf({ Names: names, Id: id }: JsonObject): string {
  const [first] = Array.isArray(names) ? (names as readonly unknown[]) : [];
  return scalar(first).replace(/^\//, '') || scalar(id).slice(0, 12);
}

/** The first is told as the cause, all as evidence. */
function unwell(found: readonly JsonObject[], tell: (name: string, first: JsonObject) => Finding): Finding | undefined {
  const [first] = found;
  return first && tell(nameOf(first), first);
}

function listed(found: readonly JsonObject[]): readonly string[] {
  return found.slice(0, most).map((one) => `${nameOf(one)}: ${scalar(one['Status'])}`);
}

const running: Probe = {
  id: 'containers.running',
  title: 'containers run on',
  needs: ['engine.answers'],
  async look(world) {
    const all = await containersOf(world);
    const found = all.filter(({ State }) => State === 'restarting' || State === 'dead');
    const told = unwell(found, (name, { Status: status }) => {
      const exitCode = /\((\d+)\)/.exec(scalar(status))?.[1];
      const args = { container: name, ...(exitCode !== undefined && { exitCode }) };
      const observed = `${name} ends and is started again, over and over`;
      return { state: 'warn', observed, failure: causeFailure('E-EXITED', { args, evidence: listed(found) }) };
    });
    const up = all.filter(({ State }) => State === 'running').length;
    return (
      told ?? {
        state: 'pass',
        observed: `${String(up)} of ${String(all.length)} ${all.length === 1 ? 'container runs' : 'containers run'}`,
      }
    );
  },
};

const healthy: Probe = {
  id: 'containers.health',
  title: 'health checks',
  needs: ['engine.answers'],
  async look(world) {
    const found = (await containersOf(world)).filter(({ Status }) => /\(unhealthy\)/.test(scalar(Status)));
    return (
      unwell(found, (container) => ({
        state: 'warn',
        failure: causeFailure('E-UNHEALTHY', { args: { container }, evidence: listed(found) }),
      })) ?? { state: 'pass', observed: 'none fails' }
    );
  },
};

const memory: Probe = {
  id: 'containers.memory',
  title: 'out of memory',
  needs: ['engine.answers'],
  async look(world) {
    const killed = (await containersOf(world)).filter(({ Status }) => /\(137\)/.test(scalar(Status))).slice(0, most);
    for (const one of killed) {
      const { State, HostConfig } = objectIn(await world.engine.get(`/containers/${scalar(one['Id'])}/json`));
      if (objectIn(State)['OOMKilled'] !== true) continue;
      const bytes = Number(scalar(objectIn(HostConfig)['Memory']));
      const args = { container: nameOf(one), ...(bytes > 0 && { limit: `${String(bytes)} bytes` }) };
      return { state: 'warn', failure: causeFailure('E-OOM', { args, evidence: listed([one]) }) };
    }
    return { state: 'pass', observed: 'none was killed for it' };
  },
};

const left: Probe = {
  id: 'containers.left',
  title: 'left by lessons',
  needs: ['engine.info', 'machine.places'],
  async look(world) {
    const runs = await world.engine.leftBehind();
    if (runs === 0) return { state: 'pass', observed: 'nothing' };
    const observed = `${String(runs)} ${runs === 1 ? 'run has' : 'runs have'} ended and left something`;
    const why = 'its run has ended';
    const command = ['docker-tutor', 'clean', ...engineWords(world.wish)].join(' ');
    return { state: 'warn', observed, failure: causeFailure('E-NOT-CLEANED', { args: { why, command, now: 'yes' } }) };
  },
};

export const containerProbes: readonly Probe[] = [running, healthy, memory, left];
