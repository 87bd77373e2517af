/** Every family but that of compose, for where whole lessons are looked at before anything is performed. */
import { plans as answers } from './answers.ts';
import { plans as container } from './container.ts';
import type { Families } from './family.ts';
import { plans as image } from './image.ts';
import { plans as network } from './network.ts';
import { plans as prune } from './prune.ts';
import { plans as registry } from './registry.ts';
import { plans as swarm } from './swarm.ts';
import { plans as volume } from './volume.ts';

export const allButCompose: Families = { answers, container, image, network, prune, registry, swarm, volume };
