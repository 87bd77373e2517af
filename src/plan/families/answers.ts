/** What is asked of the engine and printed through a template. The template language is a third of all plans. */
import * as container from '../../command/tables/container.ts';
import * as image from '../../command/tables/image.ts';
import * as network from '../../command/tables/network.ts';
import * as other from '../../command/tables/other.ts';
import * as registry from '../../command/tables/registry.ts';
import * as system from '../../command/tables/system.ts';
import * as volume from '../../command/tables/volume.ts';
import { listContainers } from '../container/list.ts';
import { showStats } from '../container/streams/stats.ts';
import { entry } from '../entry.ts';
import { showHistory } from '../image/history.ts';
import { listImages } from '../image/list.ts';
import { inspectAnything, inspectKind } from '../inspect.ts';
import { listNetworks } from '../network/list.ts';
import { searchImages } from '../registry/search.ts';
import { inspectContexts, listContexts, showContext } from '../system/contexts.ts';
import { showDiskUsage } from '../system/df.ts';
import { showEvents } from '../system/events.ts';
import { showInfo } from '../system/info.ts';
import { showVersion } from '../system/version.ts';
import { listVolumes } from '../volume/list.ts';
import type { Family } from './family.ts';

export const plans: Family = new Map([
  entry(container.containerLs, listContainers),
  entry(container.containerInspect, inspectKind('container')),
  entry(container.containerStats, showStats),
  entry(image.imageLs, listImages),
  entry(image.imageInspect, inspectKind('image')),
  entry(image.imageHistory, showHistory),
  entry(network.networkLs, listNetworks),
  entry(network.networkInspect, inspectKind('network')),
  entry(volume.volumeLs, listVolumes),
  entry(volume.volumeInspect, inspectKind('volume')),
  entry(registry.search, searchImages),
  entry(system.systemInfo, showInfo),
  entry(system.systemDf, showDiskUsage),
  entry(system.systemEvents, showEvents),
  entry(system.inspect, inspectAnything),
  entry(system.version, showVersion),
  entry(other.contextLs, listContexts),
  entry(other.contextInspect, inspectContexts),
  entry(other.contextShow, showContext),
]);
