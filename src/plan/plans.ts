/** Which plan performs which docker command. A command without one is explained, and refused with its row's reason. */
import type { Command } from '../command/command.ts';
import * as container from '../command/tables/container.ts';
import * as image from '../command/tables/image.ts';
import * as network from '../command/tables/network.ts';
import * as other from '../command/tables/other.ts';
import * as registry from '../command/tables/registry.ts';
import * as service from '../command/tables/service.ts';
import * as swarm from '../command/tables/swarm.ts';
import * as system from '../command/tables/system.ts';
import * as volume from '../command/tables/volume.ts';
import { composeCommand, composeNames } from './compose.ts';
import { attachToContainer } from './container/attach.ts';
import { commitContainer } from './container/commit.ts';
import { copyFiles } from './container/copy.ts';
import { listChanges } from './container/diff.ts';
import { execInContainer } from './container/exec.ts';
import { exportContainer } from './container/export.ts';
import {
  killContainers,
  pauseContainers,
  restartContainers,
  stopContainers,
  unpauseContainers,
} from './container/lifecycle.ts';
import { listContainers } from './container/list.ts';
import { showLogs } from './container/logs.ts';
import { listPorts } from './container/port.ts';
import { pruneContainers } from './container/prune.ts';
import { removeContainers } from './container/remove.ts';
import { renameContainer } from './container/rename.ts';
import { createContainer, runContainer } from './container/run.ts';
import { startContainers } from './container/start.ts';
import { showStats } from './container/stats.ts';
import { listProcesses } from './container/top.ts';
import { updateContainers } from './container/update.ts';
import { waitForContainers } from './container/wait.ts';
import { endingOnRefusal } from './daemon-errors.ts';
import type { Plan, PlanContext } from './effects.ts';
import { entry } from './entry.ts';
import { importImage, loadImages, saveImages } from './image/archive.ts';
import { buildImage } from './image/build.ts';
import { showHistory } from './image/history.ts';
import { listImages } from './image/list.ts';
import { pullImage } from './image/pull.ts';
import { pushImage } from './image/push.ts';
import { removeImages } from './image/remove.ts';
import { tagImage } from './image/tag.ts';
import { inspectAnything, inspectKind } from './inspect.ts';
import { logIn, logOut } from './registry/login.ts';
import { createNetwork } from './network/create.ts';
import { listNetworks } from './network/list.ts';
import { connectNetwork, disconnectNetwork } from './network/members.ts';
import { removeNetworks } from './network/remove.ts';
import {
  builderPrunePlan,
  imagePrunePlan,
  networkPrunePlan,
  systemPrunePlan,
  volumePrunePlan,
} from './prune-commands.ts';
import { searchImages } from './registry/search.ts';
import { showDiskUsage } from './system/df.ts';
import { showEvents } from './system/events.ts';
import { showInfo } from './system/info.ts';
import { inspectContexts, listContexts, showContext } from './system/contexts.ts';
import { listNodes } from './swarm/node-list.ts';
import { createService } from './service/create.ts';
import { listServices, listStackServices } from './service/list.ts';
import { showServiceLogs } from './service/logs.ts';
import { inspectNodes, inspectServices } from './service/pretty.ts';
import { removeServices, rollbackService, scaleServices } from './service/scale.ts';
import { updateService } from './service/update.ts';
import { listStacks, removeStacks } from './swarm/stack-list.ts';
import { initSwarm, joinSwarm, leaveSwarm, showJoinToken } from './swarm/join.ts';
import { listNodeTasks, listServiceTasks, listStackTasks } from './swarm/task-list.ts';
import { showVersion } from './system/version.ts';
import { createVolume, listVolumes, removeVolumes } from './volume/volumes.ts';

type AnyPlan = (command: Command, context: PlanContext) => Plan;

const plans: ReadonlyMap<string, AnyPlan> = new Map([
  entry(container.containerRun, runContainer),
  entry(container.containerCreate, createContainer),
  entry(container.containerLs, listContainers),
  entry(container.containerLogs, showLogs),
  entry(container.containerRm, removeContainers),
  entry(container.containerInspect, inspectKind('container')),
  entry(container.containerStart, startContainers),
  entry(container.containerStop, stopContainers),
  entry(container.containerRestart, restartContainers),
  entry(container.containerKill, killContainers),
  entry(container.containerPause, pauseContainers),
  entry(container.containerUnpause, unpauseContainers),
  entry(container.containerRename, renameContainer),
  entry(container.containerExec, execInContainer),
  entry(container.containerAttach, attachToContainer),
  entry(container.containerWait, waitForContainers),
  entry(container.containerTop, listProcesses),
  entry(container.containerStats, showStats),
  entry(container.containerDiff, listChanges),
  entry(container.containerCp, copyFiles),
  entry(container.containerCommit, commitContainer),
  entry(container.containerExport, exportContainer),
  entry(container.containerUpdate, updateContainers),
  entry(container.containerPort, listPorts),
  entry(container.containerPrune, pruneContainers),
  entry(image.imageLs, listImages),
  entry(image.imagePull, pullImage),
  entry(image.imageRm, removeImages),
  entry(image.imageInspect, inspectKind('image')),
  entry(image.imageBuild, buildImage),
  entry(image.imagePush, pushImage),
  entry(image.imageTag, tagImage),
  entry(image.imageHistory, showHistory),
  entry(image.imageSave, saveImages),
  entry(image.imageLoad, loadImages),
  entry(image.imageImport, importImage),
  entry(image.imagePrune, imagePrunePlan),
  entry(network.networkCreate, createNetwork),
  entry(network.networkConnect, connectNetwork),
  entry(network.networkDisconnect, disconnectNetwork),
  entry(network.networkLs, listNetworks),
  entry(network.networkInspect, inspectKind('network')),
  entry(network.networkRm, removeNetworks),
  entry(network.networkPrune, networkPrunePlan),
  entry(volume.volumeCreate, createVolume),
  entry(volume.volumeLs, listVolumes),
  entry(volume.volumeInspect, inspectKind('volume')),
  entry(volume.volumeRm, removeVolumes),
  entry(volume.volumePrune, volumePrunePlan),
  entry(registry.login, logIn),
  entry(registry.logout, logOut),
  entry(registry.search, searchImages),
  entry(other.builderPrune, builderPrunePlan),
  entry(system.systemInfo, showInfo),
  entry(system.systemDf, showDiskUsage),
  entry(system.systemEvents, showEvents),
  entry(system.systemPrune, systemPrunePlan),
  entry(system.inspect, inspectAnything),
  entry(system.version, showVersion),
  ...composeNames.map((name) => [name, composeCommand] as const),
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
  entry(other.contextLs, listContexts),
  entry(other.contextInspect, inspectContexts),
  entry(other.contextShow, showContext),
]);

/** Whether the command can be performed. */
export function hasPlan(command: Command): boolean {
  return plans.has(command.row.name);
}

/** The plan of a command; ask hasPlan first. The engine's refusals end it with the docker CLI's words and exit code. */
export function planOf(command: Command, context: PlanContext): Plan {
  const plan = plans.get(command.row.name);
  if (!plan) throw new Error(`docker ${command.row.name} has no plan`);
  return endingOnRefusal(plan(command, context));
}
