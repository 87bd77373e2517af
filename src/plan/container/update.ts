/** docker update: limits and the restart policy of containers that exist. */
import type { Command } from '../../command/command.ts';
import type { containerUpdate } from '../../command/tables/container.ts';
import { ask, print, request } from '../ask.ts';
import { compact } from '../compact.ts';
import { saying } from './lifecycle.ts';
import { EngineError } from '../../api/request.ts';
import { Stopped } from '../effects.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan } from '../effects.ts';

type UpdateCommand = Command<(typeof containerUpdate)['flags']>;

export function* updateContainers({ flags, operands }: UpdateCommand): Plan {
  if (Object.keys(flags).length === 0) throw new Stopped('you must provide one or more flags when using this command');
  const body = limits(flags);
  const refused: EngineError[] = [];
  const warnings: string[] = [];
  for (const name of operands) {
    try {
      const answer = yield* ask<{ readonly Warnings?: readonly string[] | null }>(
        request('POST', `/containers/${name}/update`, { body }),
        {},
      );
      yield* print(`${name}\n`);
      warnings.push(...(answer.body.Warnings ?? []));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      refused.push(error);
    }
  }
  if (warnings.length > 0) yield* print(`${warnings.join('\n')}\n`);
  return yield* saying(refused);
}

function limits(flags: UpdateCommand['flags']): JsonObject {
  return compact({
    BlkioWeight: flags['blkio-weight'],
    CpuPeriod: flags['cpu-period'],
    CpuQuota: flags['cpu-quota'],
    CpuRealtimePeriod: flags['cpu-rt-period'],
    CpuRealtimeRuntime: flags['cpu-rt-runtime'],
    CpuShares: flags['cpu-shares'],
    CpusetCpus: flags['cpuset-cpus'],
    CpusetMems: flags['cpuset-mems'],
    Memory: flags.memory,
    MemoryReservation: flags['memory-reservation'],
    MemorySwap: flags['memory-swap'],
    NanoCpus: flags.cpus,
    PidsLimit: flags['pids-limit'],
    RestartPolicy: flags.restart && { Name: flags.restart.name, MaximumRetryCount: flags.restart.maximumRetryCount },
  });
}
