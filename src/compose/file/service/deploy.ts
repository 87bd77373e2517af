/** `deploy:` of a service. Replicas, limits and the restart policy count here; the rest is for a swarm. */
import { anything, decimal, duration, labels, list, record, size, text, texts, whole } from '../readers.ts';
import type { Reader } from '../readers.ts';

const updates = record({
  parallelism: whole,
  delay: duration,
  failure_action: text,
  monitor: duration,
  max_failure_ratio: decimal,
  order: text,
});

const device = record({ capabilities: texts, driver: text, count: anything, device_ids: texts, options: labels });

const resource = record({
  cpus: decimal,
  memory: size,
  pids: whole,
  devices: list(device),
  generic_resources: anything,
});

export const deploy: Reader = record({
  mode: text,
  replicas: whole,
  labels,
  update_config: updates,
  rollback_config: updates,
  resources: record({ limits: resource, reservations: resource }),
  restart_policy: record({ condition: text, delay: duration, max_attempts: whole, window: duration }),
  placement: record({ constraints: texts, preferences: anything, max_replicas_per_node: whole }),
  endpoint_mode: text,
});

/** Keys of `deploy` that only a swarm reads. */
export const swarmOnly: readonly string[] = [
  'labels',
  'update_config',
  'rollback_config',
  'placement',
  'endpoint_mode',
];
