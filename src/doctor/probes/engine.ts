/** An engine that answers: its clock, its limits, its storage, what it says of itself. */
import { scalar } from '../../api/json-parts.ts';
import { causeFailure } from '../../cause-failure.ts';
import type { Probe } from '../probe.ts';
import { kindProbe } from './endpoint.ts';
import { infoOf, isRootless, textsIn } from './info.ts';

const info: Probe = {
  id: 'engine.info',
  title: 'engine’s own account',
  needs: ['engine.answers'],
  async look(world) {
    const told = await infoOf(world);
    const system = [scalar(told['OperatingSystem']), scalar(told['Architecture'])].filter((text) => text !== '');
    return { state: 'pass', observed: system.join(', ') };
  },
};

/** Milliseconds: certificates and tokens allow for less. */
const mostSkew = 60_000;

const clock: Probe = {
  id: 'engine.clock',
  title: 'clock',
  needs: ['engine.info'],
  async look(world) {
    const theirs = Date.parse(scalar((await infoOf(world))['SystemTime']));
    // the answer may have been on its way for some seconds
    const skew = Math.round((theirs - world.now()) / 1000);
    if (Number.isNaN(theirs)) return { state: 'unknown', observed: 'the engine does not tell its time' };
    if (Math.abs(skew) * 1000 <= mostSkew) return { state: 'pass', observed: 'the engine’s is that of this machine' };
    const what = `the engine’s is ${inWords(Math.abs(skew))} ${skew > 0 ? 'ahead of' : 'behind'} this machine’s`;
    return { state: 'fail', failure: causeFailure('E-CLOCK', { args: { what } }) };
  },
};

function inWords(seconds: number): string {
  if (seconds < 120) return `${String(seconds)} seconds`;
  if (seconds < 7200) return `${String(Math.round(seconds / 60))} minutes`;
  return seconds < 172_800
    ? `${String(Math.round(seconds / 3600))} hours`
    : `${String(Math.round(seconds / 86_400))} days`;
}

/** Fields of /info that say whether a limit of `docker run` is kept, and the flag. */
const limits: Readonly<Record<string, string>> = {
  MemoryLimit: '--memory',
  CpuCfsQuota: '--cpus',
  PidsLimit: '--pids-limit',
  CPUSet: '--cpuset-cpus',
};

const limit: Probe = {
  id: 'engine.limits',
  title: 'limits are kept',
  needs: ['engine.info'],
  async look(world) {
    const told = await infoOf(world);
    const lacking = Object.entries(limits).filter(([field]) => told[field] === false);
    if (lacking.length === 0) return { state: 'pass', observed: Object.values(limits).slice(0, 3).join(', ') };
    const what = `${lacking.map(([, flag]) => flag).join(', ')} ${lacking.length === 1 ? 'is' : 'are'} not kept`;
    return { state: 'warn', failure: causeFailure('E-CGROUP', { args: { what }, evidence: warningsOf(told) }) };
  },
};

function warningsOf(told: Readonly<Record<string, unknown>>): readonly string[] {
  return textsIn(told['Warnings']).map((text) => `GET /info: ${text.trim()}`);
}

const cgroup: Probe = {
  id: 'engine.cgroup',
  title: 'cgroup version',
  needs: ['engine.info'],
  async look(world) {
    const version = scalar((await infoOf(world))['CgroupVersion']);
    if (version === '1') return { state: 'warn', failure: causeFailure('E-CGROUP-V1') };
    return version === ''
      ? { state: 'unknown', observed: 'the engine does not tell it' }
      : { state: 'pass', observed: `v${version}` };
  },
};

/** Each layer a full copy; or given up by its makers. */
const poorDrivers = new Set(['vfs', 'aufs', 'devicemapper', 'overlay']);

const driver: Probe = {
  id: 'engine.storage',
  title: 'storage driver',
  needs: ['engine.info'],
  async look(world) {
    const name = scalar((await infoOf(world))['Driver']);
    if (poorDrivers.has(name))
      return { state: 'warn', failure: causeFailure('E-STORAGE-DRIVER', { args: { driver: name } }) };
    return name === ''
      ? { state: 'unknown', observed: 'the engine does not tell it' }
      : { state: 'pass', observed: name };
  },
};

const rootless: Probe = {
  id: 'engine.rights',
  title: 'engine’s rights',
  needs: ['engine.info'],
  async look(world) {
    if (!isRootless(await infoOf(world))) return { state: 'pass', observed: 'the engine runs as root' };
    const what = 'ports under 1024 are reserved for root';
    return { state: 'warn', failure: causeFailure('E-ROOTLESS-LIMITS', { args: { what } }) };
  },
};

/** Told by the probes above already. */
const toldElsewhere = /cgroup v1|No .*limit support|No .*cpuset|No .*cfs|No oom kill|memory limit/i;

const warnings: Probe = {
  id: 'engine.warnings',
  title: 'engine’s warnings',
  needs: ['engine.info'],
  async look(world) {
    const words = textsIn((await infoOf(world))['Warnings']).filter((text) => !toldElsewhere.test(text));
    if (words.length === 0) return { state: 'pass', observed: 'none of its own' };
    return {
      state: 'warn',
      observed: `the engine has ${words.length === 1 ? 'a warning' : `${String(words.length)} warnings`}`,
      explanation: 'It says so itself; docker info ends with the same lines.',
      evidence: words.map((text) => text.replace(/^WARNING: /, '').trim()),
    };
  },
};

export const engineProbes: readonly Probe[] = [info, kindProbe, clock, limit, cgroup, driver, rootless, warnings];
