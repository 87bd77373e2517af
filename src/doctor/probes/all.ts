/** All that doctor looks at, in the order in which it is told. */
import type { Probe } from '../probe.ts';
import { accountProbes } from './account.ts';
import { clientProbes } from './client.ts';
import { containerProbes } from './containers.ts';
import { deepProbes } from './deep.ts';
import { diskProbes } from './disk.ts';
import { endpointProbes } from './endpoint.ts';
import { engineProbes } from './engine.ts';
import { machineProbes } from './machine.ts';

/** Nothing is made by these. */
export const lookingProbes: readonly Probe[] = [
  ...endpointProbes,
  ...engineProbes,
  ...diskProbes,
  ...machineProbes,
  ...clientProbes,
  ...accountProbes,
  ...containerProbes,
];

/** With `--deep`. */
export const everyProbe: readonly Probe[] = [...lookingProbes, ...deepProbes];
