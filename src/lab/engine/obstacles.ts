/** Whether a private engine can run on this machine, and if not, what stands in the way and what to do instead. */
import { readFile } from 'node:fs/promises';
import { Failure } from '../../failure.ts';
import type { LabPaths } from '../folder.ts';
import { ask } from '../http.ts';
import { running, sharesOurNetwork } from './processes.ts';

export interface MachineFacts {
  readonly platform: string;
  readonly arch: string;
  readonly uid: number | undefined;
  /** CapEff of /proc/self/status, hexadecimal; undefined where it cannot be read. */
  readonly capabilities: string | undefined;
}

const instead =
  'Or use an engine you have: --host, --context, or Docker Desktop (https://docs.docker.com/get-started/get-docker/).';

/** From linux/capability.h: what an engine cannot do without. */
const needed = [
  { name: 'CAP_SYS_ADMIN', bit: 21n },
  { name: 'CAP_NET_ADMIN', bit: 12n },
] as const;

/** Pure. undefined: nothing stands in the way. */
export function machineObstacle(facts: MachineFacts): Failure | undefined {
  if (facts.platform !== 'linux') {
    return new Failure(`The lab engine runs on Linux only, and this is ${systemName(facts.platform)}.`, {
      code: 'E-LAB-OS',
      exitCode: 4,
      hints: [
        'Use Docker Desktop, Colima or Rancher Desktop here: docker-tutor finds them by itself.',
        'Or run docker-tutor in a Linux virtual machine, WSL 2 for example.',
      ],
    });
  }
  if (facts.uid !== 0) {
    return new Failure('The lab engine needs root, and this user is not root.', {
      code: 'E-LAB-ROOT',
      exitCode: 4,
      hints: ['Run the same command with sudo.', instead],
      evidence: [`user id: ${facts.uid ?? 'unknown'}`],
    });
  }
  return missingCapability(facts.capabilities);
}

function missingCapability(capabilities: string | undefined): Failure | undefined {
  if (capabilities === undefined) return undefined;
  const effective = BigInt(`0x${capabilities}`);
  const missing = needed.filter(({ bit }) => (effective & (1n << bit)) === 0n).map(({ name }) => name);
  if (missing.length === 0) return undefined;
  return new Failure(
    `The lab engine needs ${missing.join(' and ')}, and root has not got ${missing.length === 1 ? 'it' : 'them'} here, as in most containers.`,
    {
      code: 'E-LAB-PRIVILEGES',
      exitCode: 4,
      hints: ['Run it on the machine itself, or in a virtual machine.', instead],
      evidence: [`CapEff: ${capabilities}`],
    },
  );
}

export async function machineFacts(): Promise<MachineFacts> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  return {
    platform: process.platform,
    arch: process.arch,
    uid: process.getuid?.(),
    capabilities: /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1],
  };
}

/**
 * A second engine in one network namespace fights with the first over docker0 and the iptables chains.
 * Engines in namespaces of their own are no obstacle.
 */
export async function otherEngine(paths: LabPaths, signal: AbortSignal): Promise<Failure | undefined> {
  for (const engine of await running('dockerd')) {
    if (!engine.argv.includes(paths.engineConfig) && (await sharesOurNetwork(engine.pid))) {
      return engineInTheWay(`process ${engine.pid}: ${engine.argv.join(' ')}`);
    }
  }
  const answers = await ask({ socketPath: '/var/run/docker.sock' }, { path: '/_ping', signal, limit: 1000 }).catch(
    () => undefined,
  );
  signal.throwIfAborted();
  return answers?.status === 200 ? engineInTheWay('unix:///var/run/docker.sock answers') : undefined;
}

function engineInTheWay(evidence: string): Failure {
  return new Failure('Another Docker Engine runs on this machine, and two cannot share one network.', {
    code: 'E-LAB-OTHER-ENGINE',
    exitCode: 4,
    hints: [
      'Use that engine: leave --lab away, or name its socket with --host.',
      'Or stop it first: sudo systemctl stop docker.service docker.socket.',
      'If it is a lab in another folder: DOCKER_TUTOR_LAB_DIR=<that folder> docker-tutor lab down.',
    ],
    evidence: [evidence],
  });
}

function systemName(platform: string): string {
  return platform === 'darwin' ? 'macOS' : platform === 'win32' ? 'Windows' : platform;
}
