/** Every table, family by family. */
import type { CommandRow } from '../table.ts';
import { composeRows } from './compose.ts';
import { containerRows } from './container.ts';
import { imageRows } from './image.ts';
import { networkRows } from './network.ts';
import { otherRows } from './other.ts';
import { registryRows } from './registry.ts';
import { serviceRows } from './service.ts';
import { swarmRows } from './swarm.ts';
import { systemRows } from './system.ts';
import { volumeRows } from './volume.ts';

export const families: readonly (readonly CommandRow[])[] = [
  containerRows,
  imageRows,
  networkRows,
  volumeRows,
  systemRows,
  registryRows,
  swarmRows,
  serviceRows,
  composeRows,
  otherRows,
];
