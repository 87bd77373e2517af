/**
 * What a command reaches for beyond the run's own objects and workspace, seen in the very effects it is performed by:
 * whatever command or Compose file they come from. Pure, but for the links that `Place.real` follows.
 */
import { resolve } from 'node:path';
import { hideSecrets } from '../command/hide-secrets.ts';
import { Failure } from '../failure.ts';
import type { Request } from '../api/request.ts';
import type { Effect } from '../plan/effects.ts';
import { namedBy, permissionFor } from '../permission-name.ts';
import type { Permission } from '../permission-name.ts';
import { isInWorkspace } from './workspace-limits.ts';
import type { Need, WorkspaceView } from './workspace-limits.ts';
import { referencesOf } from '../api/references/references-of.ts';
import { needsOfReference } from './reference-needs.ts';

export function needsOf(effect: Effect, place: WorkspaceView): readonly Need[] {
  switch (effect.do) {
    case 'ask':
    case 'follow':
    case 'open':
      return [
        ...needsOfRequest(effect.request, place),
        ...uploaded(effect.request, place),
        ...handedOver(effect.request, place),
      ];
    case 'ask-all':
      return effect.requests.flatMap((request) => needsOfRequest(request, place));
    case 'load':
      return outside(effect.path, 'reads', place);
    case 'watch-files':
      return effect.places.flatMap(({ path }) => outside(path, 'watches', place));
    case 'save':
      return outside(effect.path, 'writes', place);
    case 'store':
      return effect.to.to === 'stdout' ? [] : outside(effect.to.path, 'writes', place);
    case 'together':
    case 'until-interrupted':
      // their plans are watched themselves
      return [];
    case 'drain':
    case 'drain-all':
    case 'read':
      // what was opened was looked at then
      return [];
    case 'look':
      // that something is there is no secret; what is in it takes another effect
      return [];
    case 'ask-registry':
      return [
        {
          permission: permissionFor('registry', effect.registry),
          what: `asks the registry ${effect.registry} from this machine`,
        },
      ];
    case 'write':
    case 'question':
    case 'read-stdin':
    case 'find-login':
    case 'keep-login':
    case 'forget-login':
    case 'pause':
    case 'contexts':
    case 'foresee':
    case 'note':
    case 'name-cause':
      // the command's own streams, the lesson's own logins
      return [];
  }
}

/** @throws Failure where the effect needs a permission that was not granted */
export function assertPermitted(
  effect: Effect,
  granted: readonly Permission[],
  line: string,
  place: WorkspaceView,
): void {
  const [need] = needsOf(effect, place).filter(({ permission }) => !granted.includes(permission));
  if (need) throw notPermitted(need, line);
}

/** @throws Failure for a request, or a part of one, that nobody knows */
function needsOfRequest(request: Request, place: WorkspaceView): readonly Need[] {
  return referencesOf(request).flatMap((reference) => needsOfReference(reference, place));
}

export function notPermitted({ permission, what }: Need, line: string): Failure {
  const { kind, name = '' } = namedBy(permission) ?? {};
  return new Failure(`This needs the permission ${permission}: it ${what}.`, {
    code: 'permission-missing',
    exitCode: 2,
    hints: [
      ...(kind === 'image' ? [`An image that is public is named so: requires: { images: ['${name}'] }`] : []),
      `A scenario that may do so says it: requires: { permissions: ['${permission}'] }`,
    ],
    evidence: [hideSecrets(line)],
    args: { permission },
  });
}

function outside(path: string, does: string, place: WorkspaceView): readonly Need[] {
  if (path === '-' || isInWorkspace(path, place)) return [];
  return [{ permission: 'bind-outside-workspace', what: `${does} ${path}, which is outside the workspace` }];
}

function uploaded({ upload }: Request, place: WorkspaceView): readonly Need[] {
  switch (upload?.of) {
    case 'context':
      return [...outside(upload.folder, 'sends', place), ...dockerfile(upload, place)];
    case 'file':
    case 'saved':
    case 'tar':
      return outside(upload.path, 'sends', place);
    case 'stdin':
    case 'texts':
    case undefined:
      return [];
  }
}

/** Of a build: what a session gives to it, and where it writes. */
function handedOver({ session }: Request, place: WorkspaceView): readonly Need[] {
  if (!session) return [];
  const { secrets, ssh, output } = session;
  return [
    ...secrets.flatMap((secret) => ('file' in secret ? outside(secret.file, 'sends', place) : [])),
    ...ssh.flatMap(({ socket }) => outside(socket, 'sends', place)),
    ...(output && output.to !== 'stdout' ? outside(output.path, 'writes', place) : []),
  ];
}

function dockerfile(upload: Extract<Request['upload'], { of: 'context' }>, place: WorkspaceView): readonly Need[] {
  const { folder, dockerfile: file } = upload;
  return folder === '-' || file === '-' ? [] : outside(resolve(place.workspace, folder, file), 'sends', place);
}
