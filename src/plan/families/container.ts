/** docker container …: what makes, drives and ends containers. */
import * as container from '../../command/tables/container.ts';
import { attachToContainer } from '../container/streams/attach.ts';
import { commitContainer } from '../container/files/commit.ts';
import { copyFiles } from '../container/files/copy.ts';
import { listChanges } from '../container/files/diff.ts';
import { execInContainer } from '../container/streams/exec.ts';
import { exportContainer } from '../container/files/export.ts';
import {
  killContainers,
  pauseContainers,
  restartContainers,
  stopContainers,
  unpauseContainers,
} from '../container/lifecycle.ts';
import { showLogs } from '../container/streams/logs.ts';
import { listPorts } from '../container/port.ts';
import { removeContainers } from '../container/remove.ts';
import { renameContainer } from '../container/rename.ts';
import { createContainer, runContainer } from '../container/run.ts';
import { startContainers } from '../container/start.ts';
import { listProcesses } from '../container/top.ts';
import { updateContainers } from '../container/update.ts';
import { waitForContainers } from '../container/wait.ts';
import { entry } from '../entry.ts';
import type { Family } from './family.ts';

export const plans: Family = new Map([
  entry(container.containerRun, runContainer),
  entry(container.containerCreate, createContainer),
  entry(container.containerLogs, showLogs),
  entry(container.containerRm, removeContainers),
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
  entry(container.containerDiff, listChanges),
  entry(container.containerCp, copyFiles),
  entry(container.containerCommit, commitContainer),
  entry(container.containerExport, exportContainer),
  entry(container.containerUpdate, updateContainers),
  entry(container.containerPort, listPorts),
]);
