/** `deploy:` of a service. Replicas, limits and the restart policy count here; the rest is for a swarm. */
import {
  decimal,
  droppable,
  duration,
  kept,
  labels,
  list,
  oneOf,
  optional,
  record,
  sizeText,
  text,
  texts,
  whole,
} from '../readers.ts';
import type { Reader } from '../readers.ts';
import { deviceRequests } from './devices.ts';

const updates = record({
  parallelism: kept(whole),
  delay: duration,
  failure_action: text,
  monitor: duration,
  max_failure_ratio: decimal,
  order: oneOf(['start-first', 'stop-first']),
});

const generic = record({ discrete_resource_spec: record({ kind: text, value: whole }) });
const limits = record({ cpus: decimal, memory: sizeText, pids: whole });
const reservations = record({
  cpus: decimal,
  memory: sizeText,
  devices: deviceRequests,
  generic_resources: list(generic),
});

export const deploy: Reader = optional(
  record({
    mode: text,
    replicas: kept(whole),
    labels,
    update_config: updates,
    rollback_config: updates,
    resources: droppable(record({ limits, reservations })),
    restart_policy: record({ condition: text, delay: duration, max_attempts: kept(whole), window: duration }),
    placement: droppable(
      record({
        constraints: texts,
        preferences: list(record({ spread: text })),
        max_replicas_per_node: whole,
      }),
    ),
    endpoint_mode: text,
  }),
);

/** Keys of `deploy` that only a swarm reads. */
export const swarmOnly: readonly string[] = [
  'labels',
  'update_config',
  'rollback_config',
  'placement',
  'endpoint_mode',
];
