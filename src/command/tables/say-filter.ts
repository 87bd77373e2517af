/** What a filter keeps, in words: each key asks in a way of its own (docker/cli, "filtering" of each list). */
import type { Pair } from '../values/pairs.ts';
import { isSpan } from './say.ts';

type Words = (value: string) => string;

/** Docker takes a name for a pattern. */
const named: Words = (value) => {
  const [, start, name, end] = /^(\^\/?)?(.*?)(\$)?$/s.exec(value) ?? [];
  if (start && end) return `whose name is ${name ?? ''}`;
  if (start) return `whose name begins with ${name ?? ''}`;
  return end ? `whose name ends with ${name ?? ''}` : `whose name has ${value} in it`;
};
const labelled: Words = (value) => `that carry the label ${value}`;
const yes = (value: string): boolean => !/^(?:0|f|false)$/i.test(value);
/** `24h` is a time back from now, all else a moment. */
const before: Words = (value) => (isSpan(value) ? `that are older than ${value}` : `that are from before ${value}`);

const states: Readonly<Record<string, string>> = {
  created: 'that were never started',
  running: 'that run',
  exited: 'that have ended',
  paused: 'that are paused',
  restarting: 'that are being started again',
  removing: 'that are being removed',
  dead: 'that could not be removed',
};

const keys: Readonly<Record<string, Words>> = {
  ancestor: (value) => `that are made from the image ${value}, or from one built on it`,
  before: (value) => `that are older than ${value}`,
  container: (value) => `of the container ${value}`,
  dangling: (value) => (yes(value) ? 'that nothing names or uses' : 'that something names or uses'),
  'desired-state': (value) => `that are meant to be ${value}`,
  driver: (value) => `of the driver ${value}`,
  event: (value) => `that tell of ${value}`,
  exited: (value) => `that ended with exit code ${value}`,
  expose: (value) => `that expose the port ${value}`,
  health: (value) => `whose health is ${value}`,
  id: (value) => `whose id begins with ${value}`,
  image: (value) => `of the image ${value}`,
  'is-automated': (value) => (yes(value) ? 'that are built automatically' : 'that are not built automatically'),
  'is-official': (value) => (yes(value) ? 'that are official' : 'that are not official'),
  'is-task': (value) => (yes(value) ? 'that are tasks of a service' : 'that are no tasks of a service'),
  label: labelled,
  'label!': (value) => `that do not carry the label ${value}`,
  membership: (value) => `whose membership is ${value}`,
  mode: (value) => `of the mode ${value}`,
  name: named,
  network: (value) => `on the network ${value}`,
  node: (value) => `on the node ${value}`,
  publish: (value) => `that publish the port ${value}`,
  reference: (value) => `whose name fits ${value}`,
  role: (value) => `that are ${value}s`,
  scope: (value) => `of the scope ${value}`,
  service: (value) => `of the service ${value}`,
  since: (value) => `that are newer than ${value}`,
  stars: (value) => `with ${value} stars or more`,
  status: (value) => states[value] ?? `whose status is ${value}`,
  type: (value) => `of the type ${value}`,
  until: before,
  volume: (value) => `that mount the volume ${value}`,
};

/** @param verb `keeps`, `removes` */
export function sayFilter(verb: string, { key, value }: Pair): string {
  const words = Object.hasOwn(keys, key) ? keys[key] : undefined;
  const negated = key.endsWith('!') ? `whose ${key.slice(0, -1)} is not ${value}` : `whose ${key} is ${value}`;
  return `${verb} only those ${words?.(value) ?? negated}`;
}
