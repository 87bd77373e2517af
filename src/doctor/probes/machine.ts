/** This machine: what it is, what its kernel can, what docker-tutor may write to. */
import { causeFailure } from '../../cause-failure.ts';
import { objectIn, scalar } from '../../api/json-parts.ts';
import type { JsonObject } from '../../api/request.ts';
import type { CauseId } from '../../causes/catalogue.ts';
import type { Finding, Probe } from '../probe.ts';
import type { World } from '../world/world.ts';
import { infoOf, socketOf } from './info.ts';

const system: Probe = {
  id: 'machine.system',
  title: 'this machine',
  needs: [],
  async look(world) {
    const { machine } = world;
    const parts = [
      machine.platform === 'linux'
        ? `Linux ${(world.text('/proc/sys/kernel/osrelease') ?? '').trim()}`.trim()
        : machine.platform,
      ...(machine.wsl ? ['WSL'] : []),
      ...(machine.systemd ? ['systemd'] : []),
      ...(machine.desktop ? ['Docker Desktop'] : []),
      ...(machine.snap ? ['docker as a snap'] : []),
      ...(machine.inContainer ? ['in a container'] : []),
      machine.root ? 'as root' : `as ${machine.user === '' ? 'a user without a name' : machine.user}`,
    ];
    return { state: 'pass', observed: parts.join(', ') };
  },
};

const places: Probe = {
  id: 'machine.places',
  title: 'folders to write to',
  needs: [],
  async look(world) {
    const [first] = world.places();
    return first ? { state: 'fail', failure: first } : { state: 'pass', observed: 'state folder, temporary folder' };
  },
};

/** A snap’s engine and docker command see homes only, and no folder in them with a dot. */
const snap: Probe = {
  id: 'machine.snap',
  title: 'snap',
  needs: [],
  async look({ machine, home, cwd }): Promise<Finding> {
    if (!machine.snap) return { state: 'pass', observed: 'docker is not installed as one' };
    const isSeen = cwd === home || (cwd.startsWith(`${home}/`) && !cwd.slice(home.length).includes('/.'));
    return isSeen
      ? { state: 'pass', observed: 'docker’s sees this folder' }
      : { state: 'warn', failure: causeFailure('E-SNAP', { args: { path: cwd } }) };
  },
};

const kernel: Probe = {
  id: 'machine.kernel',
  title: 'kernel',
  needs: [],
  async look(world) {
    if (world.machine.platform !== 'linux')
      return { state: 'unknown', observed: 'the engine’s kernel is that of its virtual machine' };
    const namespaces = ['net', 'pid', 'ipc', 'uts', 'mnt'].filter((name) => !world.exists(`/proc/self/ns/${name}`));
    if (namespaces.length > 0)
      return lacks(
        'namespaces',
        namespaces.map((name) => `/proc/self/ns/${name} is not there`),
      );
    const config = world.kernelConfig();
    if (!config) return { state: 'unknown', observed: 'no file tells how the kernel was made' };
    for (const { options, code, what } of wanted) {
      const missing = options.filter((name) => !new RegExp(`^CONFIG_${name}=[ym]`, 'm').test(config.text));
      if (missing.length > 0)
        return lacks(
          what,
          missing.map((name) => `${config.path}: CONFIG_${name} is not set`),
          code,
        );
    }
    return { state: 'pass', observed: `has what an engine needs (${config.path})` };
  },
};

interface Wanted {
  readonly options: readonly string[];
  readonly code?: CauseId;
  readonly what: string;
}

/** Of what moby’s contrib/check-config.sh calls generally necessary, that which no kernel can do without. */
const wanted: readonly Wanted[] = [
  { options: ['NAMESPACES', 'NET_NS', 'PID_NS', 'IPC_NS', 'UTS_NS', 'KEYS', 'POSIX_MQUEUE'], what: 'namespaces' },
  { options: ['CGROUPS', 'MEMCG', 'CGROUP_SCHED', 'CPUSETS', 'CGROUP_PIDS'], code: 'E-CGROUP', what: 'cgroups' },
  { options: ['VETH', 'BRIDGE'], what: 'virtual networks' },
  {
    options: ['NF_NAT', 'NETFILTER_XT_MATCH_ADDRTYPE', 'NETFILTER_XT_MATCH_CONNTRACK'],
    code: 'E-IPTABLES',
    what: 'firewall rules',
  },
  { options: ['OVERLAY_FS'], code: 'E-STORAGE-DRIVER', what: 'overlay file systems' },
];

function lacks(what: string, evidence: readonly string[], code?: CauseId): Finding {
  const observed = `lacks a part of what an engine needs for ${what}`;
  if (code !== undefined)
    return { state: 'warn', observed, failure: causeFailure(code, { args: { why: 'kernel' }, evidence }) };
  return {
    state: 'warn',
    observed,
    explanation: 'Containers are made of it, and an engine cannot work without.',
    evidence,
  };
}

const forwarding: Probe = {
  id: 'machine.forwarding',
  title: 'forwarding',
  needs: ['engine.info'],
  async look(world) {
    const info = await infoOf(world);
    if (world.machine.platform !== 'linux' || socketOf(world) === undefined || world.machine.desktop)
      return { state: 'unknown', observed: 'the engine’s network is not that of this machine' };
    const on = (world.text('/proc/sys/net/ipv4/ip_forward') ?? '').trim();
    if (info['IPv4Forwarding'] === false || on === '0')
      return {
        state: 'fail',
        failure: causeFailure('E-FORWARD-DROP', {
          args: { why: 'ip_forward', what: 'forwarding is off' },
          evidence: [`net.ipv4.ip_forward is ${on === '' ? 'not 1' : on}`],
        }),
      };
    return (
      (await dropped(world)) ?? {
        state: 'pass',
        observed: `packets of containers are let through${withinBridges(world)}`,
      }
    );
  },
};

/** Rules between containers of one network need it; others do not. */
function withinBridges(world: World): string {
  const on = (world.text('/proc/sys/net/bridge/bridge-nf-call-iptables') ?? '').trim();
  return on === '0' ? '; bridge-nf-call-iptables is 0' : '';
}

/** The engine's own chains, the policy, and whether a rule of the engine’s stands before it. */
async function dropped(world: World): Promise<Finding | undefined> {
  const ran = await world.run('iptables', ['-w', '1', '-S']);
  if (ran?.code !== 0) return { state: 'unknown', observed: 'ip_forward is 1; the firewall’s rules are closed to you' };
  const rules = ran.stdout.split('\n');
  const forward = rules.filter((rule) => /^-[PA] FORWARD /.test(rule));
  const evidence = forward.slice(0, 3);
  if (isFlushed(await infoOf(world), rules, world)) {
    // those of the other kind are not listed
    if (/-legacy tables present/.test(ran.stderr))
      return { state: 'unknown', observed: 'ip_forward is 1; the rules are of two kinds, nftables and legacy' };
    return {
      state: 'fail',
      failure: causeFailure('E-IPTABLES', {
        args: { why: 'flushed', what: 'The engine’s firewall rules are gone' },
        evidence,
      }),
    };
  }
  const isDrop = forward.some((rule) => /^-P FORWARD (?:DROP|REJECT)/.test(rule));
  if (!isDrop || forward.some((rule) => /-j DOCKER|-[io] docker/.test(rule))) return undefined;
  // another engine’s network may be let through by rules of another kind (nftables, a network namespace of its own)
  return { state: 'warn', failure: causeFailure('E-FORWARD-DROP', { evidence }) };
}

/** An engine that makes rules with iptables, and whose bridge is in this network, has a chain of its own here. */
function isFlushed(info: JsonObject, rules: readonly string[], world: World): boolean {
  const backend = scalar(objectIn(info['FirewallBackend'])['Driver']);
  const isBridgeHere = world.exists('/sys/class/net/docker0');
  return /^iptables/.test(backend) && isBridgeHere && !rules.some((rule) => rule.startsWith('-N DOCKER'));
}

/** With fewer, a handful of containers uses them up. */
const fewFiles = 4096;

const nofile: Probe = {
  id: 'machine.nofile',
  title: 'open files',
  needs: [],
  async look(world) {
    if (world.machine.platform !== 'linux')
      return { state: 'unknown', observed: 'the engine’s limit is that of its virtual machine' };
    const pid = enginePid(world);
    const path = `/proc/${pid ?? 'self'}/limits`;
    const [, limit] = /^Max open files\s+\S+\s+(\S+)/m.exec(world.text(path) ?? '') ?? [];
    if (limit === undefined) return { state: 'unknown', observed: 'no limit can be read' };
    const whose = pid === undefined ? 'this shell' : 'the engine';
    if (limit !== 'unlimited' && Number(limit) < fewFiles)
      return {
        state: 'warn',
        failure: causeFailure('E-NOFILE', {
          args: { limit: `no more than ${limit}`, ...(pid === undefined && { whose: 'This shell' }) },
          evidence: [`${path}: Max open files ${limit} (${whose})`],
        }),
      };
    return { state: 'pass', observed: `${whose} may have ${limit}` };
  },
};

/** The process that has written its id down beside the socket, or where the system’s engine does. */
function enginePid(world: World): string | undefined {
  let socket: string | undefined;
  try {
    socket = socketOf(world);
  } catch {
    // no engine was chosen: told elsewhere
  }
  const folder = socket?.replace(/\/[^/]*$/, '');
  const files = [...(folder === undefined ? [] : [`${folder}/docker.pid`, `${folder}/dockerd.pid`]), '/run/docker.pid'];
  return files
    .map((file) => (world.text(file) ?? '').trim())
    .find((pid) => /^\d+$/.test(pid) && world.text(`/proc/${pid}/comm`)?.trim() === 'dockerd');
}

export const machineProbes: readonly Probe[] = [system, places, snap, kernel, nofile, forwarding];
