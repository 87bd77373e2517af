/** docker … prune. */
import * as container from '../../command/tables/container.ts';
import * as image from '../../command/tables/image.ts';
import * as network from '../../command/tables/network.ts';
import * as other from '../../command/tables/other.ts';
import * as system from '../../command/tables/system.ts';
import * as volume from '../../command/tables/volume.ts';
import { pruneContainers } from '../container/prune.ts';
import { entry } from '../entry.ts';
import {
  builderPrunePlan,
  imagePrunePlan,
  networkPrunePlan,
  systemPrunePlan,
  volumePrunePlan,
} from '../prune/prune-commands.ts';
import type { Family } from './family.ts';

export const plans: Family = new Map([
  entry(container.containerPrune, pruneContainers),
  entry(image.imagePrune, imagePrunePlan),
  entry(network.networkPrune, networkPrunePlan),
  entry(volume.volumePrune, volumePrunePlan),
  entry(other.builderPrune, builderPrunePlan),
  entry(system.systemPrune, systemPrunePlan),
]);
