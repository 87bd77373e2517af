/** Which permission a reference needs. */
import { resolve } from 'node:path';
import { isBelow } from '../api/host-paths.ts';
import type { Reference } from '../api/references/reference.ts';
import { permissionFor } from '../permission-name.ts';
import { isInWorkspace } from './workspace-limits.ts';
import type { Need, WorkspaceView } from './workspace-limits.ts';

/** Whose a thing is, and where a registry stands, only the engine can tell: the guard looks (ownership/guard), name-needs.ts before. */
export function needsOfReference(reference: Reference, place: WorkspaceView): readonly Need[] {
  const { of, name, how } = reference;
  switch (of) {
    case 'right':
      return [{ permission: name, what: how }];
    case 'host-path':
      return needsOfPath(name, how, place);
    case 'address':
    case 'capability':
    case 'log-driver':
    case 'runtime':
    case 'driver':
      return [{ permission: permissionFor(of, name), what: how }];
    case 'container':
    case 'volume':
    case 'network':
    case 'image':
    case 'service':
    case 'secret':
    case 'config':
    case 'registry':
      return [];
  }
}

const sockets = [
  '/var/run/docker.sock',
  '/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/podman/podman.sock',
];

function needsOfPath(written: string, how: string, place: WorkspaceView): readonly Need[] {
  // a pipe of Windows: an engine's, or another program's
  if (/^(?:\\\\|\/\/)[.?](?:\\|\/)pipe/.test(written)) return [socket(written)];
  const path = place.real(resolve(place.workspace, written));
  if (/(?:docker|containerd|podman|crio)[^/]*\.sock$/.test(path)) return [socket(written)];
  return [
    ...(sockets.some((one) => isBelow(one, path)) ? [socket(written)] : []),
    ...(isInWorkspace(written, place) ? [] : [{ permission: 'bind-outside-workspace', what: how } as const]),
  ];
}

function socket(source: string): Need {
  return { permission: 'engine-socket', what: `hands the engine’s socket to a container (${source})` };
}
