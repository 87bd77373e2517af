/** docker volume create and rm. */
import * as volume from '../../command/tables/volume.ts';
import { entry } from '../entry.ts';
import { createVolume, removeVolumes } from '../volume/volumes.ts';
import type { Family } from './family.ts';

export const plans: Family = new Map([entry(volume.volumeCreate, createVolume), entry(volume.volumeRm, removeVolumes)]);
