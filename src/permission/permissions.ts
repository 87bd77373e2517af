/**
 * What a command reaches for beyond the run's own objects and workspace, seen in the very effects it is performed by:
 * whatever command or Compose file they come from. Pure, but for the links that `Place.real` follows.
 */
import { resolve } from 'node:path';
import { hideSecrets } from '../command/hide-secrets.ts';
import { Failure } from '../failure.ts';
import type { Request } from '../api/request.ts';
import type { Effect, Plan } from '../plan/effects.ts';
import type { Permission } from '../scenario/schema.ts';
import { isInWorkspace } from './workspace-limits.ts';
import type { Need, Place } from './workspace-limits.ts';
import { needsOfRequest } from './request-needs.ts';

export function needsOf(effect: Effect, place: Place): readonly Need[] {
  switch (effect.do) {
    case 'ask':
    case 'follow':
    case 'open':
      return [...needsOfRequest(effect.request, place), ...uploaded(effect.request, place)];
    case 'ask-all':
      return effect.requests.flatMap((request) => needsOfRequest(request, place));
    case 'load':
      return outside(effect.path, 'reads', place);
    case 'save':
      return outside(effect.path, 'writes', place);
    case 'store':
      return effect.to.to === 'stdout' ? [] : outside(effect.to.path, 'writes', place);
    default:
      return [];
  }
}

/** The plan, each of whose effects is shown to `see` before it comes about; what `see` throws ends it. */
export function* watched<R>(plan: Plan<R>, see: (effect: Effect) => void): Plan<R> {
  try {
    let step = plan.next();
    while (!step.done) {
      see(step.value);
      try {
        step = plan.next(yield within(step.value, see));
      } catch (error) {
        step = plan.throw(error);
      }
    }
    return step.value;
  } finally {
    // ends a plan that was left half way, and does nothing to one that is done
    plan.return(undefined as R);
  }
}

/** Plans inside an effect are watched too. */
function within(effect: Effect, see: (effect: Effect) => void): Effect {
  if (effect.do === 'together') return { ...effect, plans: effect.plans.map((plan) => watched(plan, see)) };
  return effect.do === 'until-interrupted' ? { ...effect, plan: watched(effect.plan, see) } : effect;
}

/** @throws Failure where the effect needs a permission that was not granted */
export function assertPermitted(effect: Effect, granted: readonly Permission[], line: string, place: Place): void {
  const [need] = needsOf(effect, place).filter(({ permission }) => !granted.includes(permission));
  if (need) throw notPermitted(need, line);
}

export function notPermitted({ permission, what }: Need, line: string): Failure {
  return new Failure(`The command needs the permission ${permission}: it ${what}.`, {
    code: 'permission-missing',
    exitCode: 2,
    hints: [`A scenario that may do so says it: requires: { permissions: [${permission}] }`],
    evidence: [hideSecrets(line)],
    args: { permission },
  });
}

function outside(path: string, does: string, place: Place): readonly Need[] {
  if (path === '-' || isInWorkspace(path, place)) return [];
  return [{ permission: 'bind-outside-workspace', what: `${does} ${path}, which is outside the workspace` }];
}

function uploaded({ upload }: Request, place: Place): readonly Need[] {
  switch (upload?.of) {
    case 'context':
      return [...outside(upload.folder, 'sends', place), ...dockerfile(upload, place)];
    case 'file':
    case 'tar':
      return outside(upload.path, 'sends', place);
    default:
      return [];
  }
}

function dockerfile(upload: Extract<Request['upload'], { of: 'context' }>, place: Place): readonly Need[] {
  const { folder, dockerfile: file } = upload;
  return folder === '-' || file === '-' ? [] : outside(resolve(place.workspace, folder, file), 'sends', place);
}
