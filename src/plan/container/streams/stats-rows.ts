/** The lines of docker stats, and the sums behind them (docker/cli, container/stats_helpers.go; for Linux engines). */
import type { Columns, Row } from '../../output/formatted.ts';
import { binarySize, humanSize } from '../../../size.ts';
import { shortId } from '../../../short-id.ts';

interface Cpu {
  readonly cpu_usage?: { readonly total_usage?: number; readonly percpu_usage?: readonly number[] | null };
  readonly system_cpu_usage?: number;
  readonly online_cpus?: number;
}

/** GET /containers/{id}/stats (Engine API, ContainerStats). Amounts are in bytes, times in nanoseconds. */
export interface Stats {
  readonly id?: string;
  readonly name?: string;
  readonly cpu_stats?: Cpu;
  readonly precpu_stats?: Cpu;
  readonly memory_stats?: {
    readonly usage?: number;
    readonly limit?: number;
    readonly stats?: Readonly<Record<string, number>> | null;
  };
  readonly networks?: Readonly<Record<string, { readonly rx_bytes?: number; readonly tx_bytes?: number }>> | null;
  readonly blkio_stats?: {
    readonly io_service_bytes_recursive?: readonly { readonly op: string; readonly value: number }[] | null;
  };
  readonly pids_stats?: { readonly current?: number };
}

export const statsColumns: Columns = {
  type: '*container.statsContext',
  headers: {
    Container: 'CONTAINER',
    Name: 'NAME',
    ID: 'CONTAINER ID',
    CPUPerc: 'CPU %',
    MemUsage: 'MEM USAGE / LIMIT',
    MemPerc: 'MEM %',
    NetIO: 'NET I/O',
    BlockIO: 'BLOCK I/O',
    PIDs: 'PIDS',
  },
  table: '{{.ID}}\\t{{.Name}}\\t{{.CPUPerc}}\\t{{.MemUsage}}\\t{{.MemPerc}}\\t{{.NetIO}}\\t{{.BlockIO}}\\t{{.PIDs}}',
};

/** @param container as it was named on the command line */
export function statsRow(container: string, stats: Stats, long: boolean): Row {
  const { id = '', name = '', memory_stats: memory = {}, pids_stats: pids } = stats;
  const used = memoryUsed(memory);
  const { limit = 0 } = memory;
  const [received, sent] = networkBytes(stats);
  const [read, written] = blockBytes(stats);
  return {
    Container: container,
    ID: long ? id : shortId(id),
    Name: name.replace(/^\//, ''),
    CPUPerc: percent(cpuShare(stats)),
    MemUsage: `${binarySize(used)} / ${binarySize(limit)}`,
    MemPerc: percent(limit === 0 ? 0 : (used / limit) * 100),
    NetIO: `${humanSize(received, 3)} / ${humanSize(sent, 3)}`,
    BlockIO: `${humanSize(read, 3)} / ${humanSize(written, 3)}`,
    PIDs: String(pids?.current ?? 0),
  };
}

/** Two places; a tie goes to the even one, as in Go. Only odd eighths are ties in binary. */
function percent(value: number): string {
  const tie = Number.isInteger(value * 8) && !Number.isInteger(value * 4);
  const hundredths = Math.floor(value * 100);
  const rounded = tie ? (hundredths + (hundredths % 2)) / 100 : value;
  return `${rounded.toFixed(2)}%`;
}

/** What the container used of the machine's time since the last look, times the number of CPUs: 100% is one CPU. */
function cpuShare({ cpu_stats: now = {}, precpu_stats: before = {} }: Stats): number {
  const used = (now.cpu_usage?.total_usage ?? 0) - (before.cpu_usage?.total_usage ?? 0);
  const passed = (now.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0);
  const { online_cpus: online = 0 } = now;
  const cpus = online > 0 ? online : (now.cpu_usage?.percpu_usage?.length ?? 0);
  return passed > 0 && used > 0 ? (used / passed) * cpus * 100 : 0;
}

/** Without the cache that the kernel would give back: total_inactive_file on cgroup v1, inactive_file on v2. */
function memoryUsed({ usage = 0, stats }: NonNullable<Stats['memory_stats']>): number {
  const cache = [stats?.['total_inactive_file'], stats?.['inactive_file']].find(
    (value) => value !== undefined && value < usage,
  );
  return usage - (cache ?? 0);
}

function networkBytes({ networks }: Stats): readonly [number, number] {
  const all = Object.values(networks ?? {});
  return [
    all.reduce((sum, { rx_bytes = 0 }) => sum + rx_bytes, 0),
    all.reduce((sum, { tx_bytes = 0 }) => sum + tx_bytes, 0),
  ];
}

function blockBytes({ blkio_stats: block }: Stats): readonly [number, number] {
  const sumOf = (letter: string): number =>
    (block?.io_service_bytes_recursive ?? [])
      .filter(({ op }) => op.toLowerCase().startsWith(letter))
      .reduce((sum, { value }) => sum + value, 0);
  return [sumOf('r'), sumOf('w')];
}
