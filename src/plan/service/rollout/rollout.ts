/** How a service is updated, rolled back and restarted: the parts of its spec that are absent unless asked for. */
import type { CommonServiceFlags } from '../flags.ts';
import { hasHealthFlag } from '../../container/body/conflicts.ts';
import { Stopped } from '../../effects.ts';
import type { JsonObject } from '../../../api/request.ts';

const second = 1e9;

/** What docker sends where one setting of the group is written and this one is not (docker/cli, opts of service). */
const rolloutDefaults = { Parallelism: 1, Monitor: 5 * second, FailureAction: 'pause', Order: 'stop-first' };

/** `UpdateConfig` or `RollbackConfig`; undefined where no flag of it is written. `before`: what the service has. */
export function rollout(
  kind: 'update' | 'rollback',
  flags: CommonServiceFlags,
  before?: JsonObject,
): JsonObject | undefined {
  const written = defined({
    Parallelism: flags[`${kind}-parallelism`],
    Delay: flags[`${kind}-delay`],
    Monitor: flags[`${kind}-monitor`],
    FailureAction: flags[`${kind}-failure-action`],
    MaxFailureRatio: flags[`${kind}-max-failure-ratio`],
    Order: flags[`${kind}-order`],
  });
  if (Object.keys(written).length === 0) return before;
  return { ...rolloutDefaults, MaxFailureRatio: 0, ...before, ...written };
}

/** `TaskTemplate.RestartPolicy`. */
export function restartPolicy(flags: CommonServiceFlags, before?: JsonObject): JsonObject | undefined {
  const written = defined({
    Condition: flags['restart-condition'],
    Delay: flags['restart-delay'],
    MaxAttempts: flags['restart-max-attempts'],
    Window: flags['restart-window'],
  });
  if (Object.keys(written).length === 0) return before;
  return { Condition: 'any', Delay: 5 * second, ...before, ...written };
}

/** `ContainerSpec.Healthcheck`; `--no-healthcheck` switches the image's off. */
export function healthcheck(flags: CommonServiceFlags, before?: JsonObject): JsonObject | undefined {
  if (flags['no-healthcheck']) {
    if (hasHealthFlag(flags)) throw new Stopped('--no-healthcheck conflicts with --health-* options');
    return { Test: ['NONE'] };
  }
  const command = flags['health-cmd'];
  const written = defined({
    Test: command === undefined ? undefined : command === '' ? [] : ['CMD-SHELL', command],
    Interval: flags['health-interval'],
    Timeout: flags['health-timeout'],
    Retries: flags['health-retries'],
    StartPeriod: flags['health-start-period'],
    StartInterval: flags['health-start-interval'],
  });
  return Object.keys(written).length === 0 ? before : { ...before, ...written };
}

/** `TaskTemplate.Resources`. `Limits` and `Reservations` are always there, as the docker CLI sends them. */
export function resources(flags: CommonServiceFlags, before: JsonObject = {}): JsonObject {
  const limits = defined({
    NanoCPUs: flags['limit-cpu'],
    MemoryBytes: flags['limit-memory'],
    Pids: flags['limit-pids'],
  });
  const reservations = defined({ NanoCPUs: flags['reserve-cpu'], MemoryBytes: flags['reserve-memory'] });
  return {
    Limits: { ...(before['Limits'] as JsonObject | undefined), ...limits },
    Reservations: { ...(before['Reservations'] as JsonObject | undefined), ...reservations },
  };
}

/** Without what is undefined. */
export function defined(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
