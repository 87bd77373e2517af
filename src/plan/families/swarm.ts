/** docker swarm, node, service and stack. */
import * as service from '../../command/tables/service.ts';
import * as swarm from '../../command/tables/swarm.ts';
import { entry } from '../entry.ts';
import { createService } from '../service/create.ts';
import { listServices, listStackServices } from '../service/list.ts';
import { showServiceLogs } from '../service/logs.ts';
import { inspectNodes, inspectServices } from '../service/pretty.ts';
import { removeServices, rollbackService, scaleServices } from '../service/scale.ts';
import { updateService } from '../service/update.ts';
import { initSwarm, joinSwarm, leaveSwarm, showJoinToken } from '../swarm/join.ts';
import { listNodes } from '../swarm/node-list.ts';
import { listStacks, removeStacks } from '../swarm/stack-list.ts';
import { listNodeTasks, listServiceTasks, listStackTasks } from '../swarm/task-list.ts';
import type { Family } from './family.ts';

export const plans: Family = new Map([
  entry(swarm.swarmInit, initSwarm),
  entry(swarm.swarmJoin, joinSwarm),
  entry(swarm.swarmLeave, leaveSwarm),
  entry(swarm.swarmJoinToken, showJoinToken),
  entry(swarm.nodeLs, listNodes),
  entry(swarm.nodeInspect, inspectNodes),
  entry(swarm.nodePs, listNodeTasks),
  entry(service.serviceCreate, createService),
  entry(service.serviceUpdate, updateService),
  entry(service.serviceScale, scaleServices),
  entry(service.serviceLs, listServices),
  entry(service.servicePs, listServiceTasks),
  entry(service.serviceInspect, inspectServices),
  entry(service.serviceLogs, showServiceLogs),
  entry(service.serviceRollback, rollbackService),
  entry(service.serviceRm, removeServices),
  entry(service.stackLs, listStacks),
  entry(service.stackPs, listStackTasks),
  entry(service.stackRm, removeStacks),
  entry(service.stackServices, listStackServices),
]);
