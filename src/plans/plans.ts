/**
 * Which function performs which docker command, and the file it is in. No command needs them all, so each is loaded when
 * a command needs it. A command that a table has and that is not refused there has a line here, or this does not compile.
 */
import type { Command } from '../command/command.ts';
import type { CommandRow, FlagRows } from '../command/table.ts';
import type * as compose from '../command/tables/compose.ts';
import type * as container from '../command/tables/container.ts';
import type * as image from '../command/tables/image.ts';
import type * as network from '../command/tables/network.ts';
import type * as other from '../command/tables/other.ts';
import type * as registry from '../command/tables/registry.ts';
import type * as service from '../command/tables/service.ts';
import type * as swarm from '../command/tables/swarm.ts';
import type * as system from '../command/tables/system.ts';
import type * as volume from '../command/tables/volume.ts';
import { ofProject } from '../compose/of-project.ts';
import type { Plan, PlanContext } from '../plan/effects.ts';

/** Makes the plan of a command with these flags. */
export type Planner<F extends FlagRows = FlagRows> = (command: Command<F>, context: PlanContext) => Plan;

/** What a table exports to be performed by a plan; a refused row is not exported. */
type RowOf<Table> = Table extends object ? Extract<Table[keyof Table], CommandRow> : never;

type PerformedRow = RowOf<
  | typeof compose
  | typeof container
  | typeof image
  | typeof network
  | typeof other
  | typeof registry
  | typeof service
  | typeof swarm
  | typeof system
  | typeof volume
>;

type Plans = { readonly [Row in PerformedRow as Row['name']]: () => Promise<Planner<Row['flags']>> };

export const plans: Plans = {
  'container run': async () => (await import('../plan/container/run.ts')).runContainer,
  'container create': async () => (await import('../plan/container/run.ts')).createContainer,
  'container start': async () => (await import('../plan/container/start.ts')).startContainers,
  'container stop': async () => (await import('../plan/container/lifecycle.ts')).stopContainers,
  'container restart': async () => (await import('../plan/container/lifecycle.ts')).restartContainers,
  'container kill': async () => (await import('../plan/container/lifecycle.ts')).killContainers,
  'container pause': async () => (await import('../plan/container/lifecycle.ts')).pauseContainers,
  'container unpause': async () => (await import('../plan/container/lifecycle.ts')).unpauseContainers,
  'container rm': async () => (await import('../plan/container/remove.ts')).removeContainers,
  'container rename': async () => (await import('../plan/container/rename.ts')).renameContainer,
  'container exec': async () => (await import('../plan/container/streams/exec.ts')).execInContainer,
  'container logs': async () => (await import('../plan/container/streams/logs.ts')).showLogs,
  'container attach': async () => (await import('../plan/container/streams/attach.ts')).attachToContainer,
  'container wait': async () => (await import('../plan/container/wait.ts')).waitForContainers,
  'container ls': async () => (await import('../plan/container/list.ts')).listContainers,
  'container inspect': async () => (await import('../plan/inspect.ts')).inspectKind('container'),
  'container top': async () => (await import('../plan/container/top.ts')).listProcesses,
  'container stats': async () => (await import('../plan/container/streams/stats.ts')).showStats,
  'container diff': async () => (await import('../plan/container/files/diff.ts')).listChanges,
  'container cp': async () => (await import('../plan/container/files/copy.ts')).copyFiles,
  'container commit': async () => (await import('../plan/container/files/commit.ts')).commitContainer,
  'container export': async () => (await import('../plan/container/files/export.ts')).exportContainer,
  'container update': async () => (await import('../plan/container/update.ts')).updateContainers,
  'container port': async () => (await import('../plan/container/port.ts')).listPorts,
  'container prune': async () => (await import('../plan/container/prune.ts')).pruneContainers,

  'image build': async () => (await import('../plan/image/build/build.ts')).buildImage,
  'image pull': async () => (await import('../plan/image/pull.ts')).pullImage,
  'image push': async () => (await import('../plan/image/push.ts')).pushImage,
  'image tag': async () => (await import('../plan/image/tag.ts')).tagImage,
  'image rm': async () => (await import('../plan/image/remove.ts')).removeImages,
  'image ls': async () => (await import('../plan/image/list.ts')).listImages,
  'image inspect': async () => (await import('../plan/inspect.ts')).inspectKind('image'),
  'image history': async () => (await import('../plan/image/history.ts')).showHistory,
  'image save': async () => (await import('../plan/image/archive.ts')).saveImages,
  'image load': async () => (await import('../plan/image/archive.ts')).loadImages,
  'image import': async () => (await import('../plan/image/archive.ts')).importImage,
  'image prune': async () => (await import('../plan/prune/prune-commands.ts')).imagePrunePlan,

  'manifest inspect': async () => (await import('../plan/registry/manifest.ts')).inspectManifest,
  'buildx imagetools inspect': async () => (await import('../plan/registry/manifest.ts')).inspectInRegistry,
  'buildx version': async () => (await import('../plan/buildx/workers.ts')).showBuildxVersion,
  'buildx ls': async () => (await import('../plan/buildx/workers.ts')).listBuilders,
  'buildx inspect': async () => (await import('../plan/buildx/workers.ts')).inspectBuilder,
  'buildx du': async () => (await import('../plan/buildx/disk-usage.ts')).showCacheUsage,
  'builder prune': async () => (await import('../plan/prune/prune-commands.ts')).builderPrunePlan,

  'network create': async () => (await import('../plan/network/create.ts')).createNetwork,
  'network connect': async () => (await import('../plan/network/members.ts')).connectNetwork,
  'network disconnect': async () => (await import('../plan/network/members.ts')).disconnectNetwork,
  'network ls': async () => (await import('../plan/network/list.ts')).listNetworks,
  'network inspect': async () => (await import('../plan/inspect.ts')).inspectKind('network'),
  'network rm': async () => (await import('../plan/network/remove.ts')).removeNetworks,
  'network prune': async () => (await import('../plan/prune/prune-commands.ts')).networkPrunePlan,

  'volume create': async () => (await import('../plan/volume/volumes.ts')).createVolume,
  'volume ls': async () => (await import('../plan/volume/list.ts')).listVolumes,
  'secret inspect': async () => (await import('../plan/inspect.ts')).inspectKind('secret'),
  'secret ls': async () => (await import('../plan/swarm/stored-list.ts')).listStored('secret'),
  'config inspect': async () => (await import('../plan/inspect.ts')).inspectKind('config'),
  'config ls': async () => (await import('../plan/swarm/stored-list.ts')).listStored('config'),
  'plugin inspect': async () => (await import('../plan/inspect.ts')).inspectKind('plugin'),
  'plugin ls': async () => (await import('../plan/plugin/list.ts')).listPlugins,
  'volume inspect': async () => (await import('../plan/inspect.ts')).inspectKind('volume'),
  'volume rm': async () => (await import('../plan/volume/volumes.ts')).removeVolumes,
  'volume update': async () => (await import('../plan/volume/volumes.ts')).updateVolume,
  'volume prune': async () => (await import('../plan/prune/prune-commands.ts')).volumePrunePlan,

  'system info': async () => (await import('../plan/system/info.ts')).showInfo,
  'system df': async () => (await import('../plan/system/df.ts')).showDiskUsage,
  'system events': async () => (await import('../plan/system/events.ts')).showEvents,
  'system prune': async () => (await import('../plan/prune/prune-commands.ts')).systemPrunePlan,

  inspect: async () => (await import('../plan/inspect.ts')).inspectAnything,
  version: async () => (await import('../plan/system/version.ts')).showVersion,
  login: async () => (await import('../plan/registry/login.ts')).logIn,
  logout: async () => (await import('../plan/registry/login.ts')).logOut,
  search: async () => (await import('../plan/registry/search.ts')).searchImages,

  'context ls': async () => (await import('../plan/system/contexts.ts')).listContexts,
  'context inspect': async () => (await import('../plan/system/contexts.ts')).inspectContexts,
  'context show': async () => (await import('../plan/system/contexts.ts')).showContext,

  'swarm init': async () => (await import('../plan/swarm/join.ts')).initSwarm,
  'swarm join': async () => (await import('../plan/swarm/join.ts')).joinSwarm,
  'swarm leave': async () => (await import('../plan/swarm/join.ts')).leaveSwarm,
  'swarm join-token': async () => (await import('../plan/swarm/join.ts')).showJoinToken,

  'node ls': async () => (await import('../plan/swarm/node-list.ts')).listNodes,
  'node inspect': async () => (await import('../plan/service/pretty.ts')).inspectNodes,
  'node ps': async () => (await import('../plan/swarm/task-list.ts')).listNodeTasks,

  'service create': async () => (await import('../plan/service/create.ts')).createService,
  'service update': async () => (await import('../plan/service/update.ts')).updateService,
  'service scale': async () => (await import('../plan/service/scale.ts')).scaleServices,
  'service ls': async () => (await import('../plan/service/list.ts')).listServices,
  'service ps': async () => (await import('../plan/swarm/task-list.ts')).listServiceTasks,
  'service inspect': async () => (await import('../plan/service/pretty.ts')).inspectServices,
  'service logs': async () => (await import('../plan/service/logs.ts')).showServiceLogs,
  'service rollback': async () => (await import('../plan/service/scale.ts')).rollbackService,
  'service rm': async () => (await import('../plan/service/scale.ts')).removeServices,

  'stack ls': async () => (await import('../plan/swarm/stack-list.ts')).listStacks,
  'stack ps': async () => (await import('../plan/swarm/task-list.ts')).listStackTasks,
  'stack services': async () => (await import('../plan/service/list.ts')).listStackServices,
  'stack rm': async () => (await import('../plan/swarm/stack-list.ts')).removeStacks,

  'compose watch': async () => ofProject((await import('../compose/watch/watch.ts')).watch),
  'compose up': async () => ofProject((await import('../compose/up.ts')).up),
  'compose create': async () => ofProject((await import('../compose/create.ts')).create),
  'compose down': async () => ofProject((await import('../compose/down.ts')).down),
  'compose ps': async () => ofProject((await import('../compose/show/ps.ts')).ps),
  'compose logs': async () => ofProject((await import('../compose/show/logs.ts')).logs),
  'compose exec': async () => ofProject((await import('../compose/exec.ts')).exec),
  'compose run': async () => ofProject((await import('../compose/run.ts')).run),
  'compose build': async () => ofProject((await import('../compose/image/build.ts')).build),
  'compose pull': async () => ofProject((await import('../compose/image/pull.ts')).pull),
  'compose push': async () => ofProject((await import('../compose/image/push.ts')).push),
  'compose start': async () => ofProject((await import('../compose/lifecycle/start.ts')).start),
  'compose stop': async () => ofProject((await import('../compose/lifecycle/stop.ts')).stop),
  'compose restart': async () => ofProject((await import('../compose/lifecycle/restart.ts')).restart),
  'compose pause': async () => ofProject((await import('../compose/lifecycle/pause.ts')).freezing('pause')),
  'compose unpause': async () => ofProject((await import('../compose/lifecycle/pause.ts')).freezing('unpause')),
  'compose kill': async () => ofProject((await import('../compose/lifecycle/kill.ts')).kill),
  'compose rm': async () => ofProject((await import('../compose/lifecycle/rm.ts')).remove),
  'compose config': async () => ofProject((await import('../compose/show/config.ts')).showConfig),
  'compose ls': async () => ofProject((await import('../compose/show/ls.ts')).ls),
  'compose images': async () => ofProject((await import('../compose/show/images.ts')).images),
  'compose top': async () => ofProject((await import('../compose/show/top.ts')).top),
  'compose port': async () => ofProject((await import('../compose/show/port.ts')).port),
  'compose attach': async () => ofProject((await import('../compose/by-docker.ts')).attach),
  'compose commit': async () => ofProject((await import('../compose/by-docker.ts')).commit),
  'compose cp': async () => ofProject((await import('../compose/by-docker.ts')).copy),
  'compose export': async () => ofProject((await import('../compose/by-docker.ts')).exportFiles),
  'compose stats': async () => ofProject((await import('../compose/by-docker.ts')).stats),
  'compose events': async () => ofProject((await import('../compose/show/events.ts')).events),
  'compose scale': async () => ofProject((await import('../compose/scale.ts')).scale),
  'compose volumes': async () => ofProject((await import('../compose/show/volumes.ts')).volumes),
  'compose wait': async () => ofProject((await import('../compose/wait.ts')).wait),
  'compose version': async () => ofProject((await import('../compose/show/version.ts')).showVersion),
};
