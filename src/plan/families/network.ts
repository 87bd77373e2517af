/** docker network …: what makes, joins and removes networks. */
import * as network from '../../command/tables/network.ts';
import { entry } from '../entry.ts';
import { createNetwork } from '../network/create.ts';
import { connectNetwork, disconnectNetwork } from '../network/members.ts';
import { removeNetworks } from '../network/remove.ts';
import type { Family } from './family.ts';

export const plans: Family = new Map([
  entry(network.networkCreate, createNetwork),
  entry(network.networkConnect, connectNetwork),
  entry(network.networkDisconnect, disconnectNetwork),
  entry(network.networkRm, removeNetworks),
]);
