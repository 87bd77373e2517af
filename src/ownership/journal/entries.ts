/** The lines of a run's journal, and what they add up to. Pure. A journal holds what labels cannot say. */
import type { EngineIdentity } from './engine-identity.ts';
import type { ProcessIdentity } from '../../state/process-identity.ts';

export const journalVersion = 1;

export interface Header {
  readonly type: 'run';
  readonly formatVersion: number;
  readonly run: string;
  readonly process: ProcessIdentity;
  readonly engine: EngineIdentity;
  /** ISO 8601, of this machine. */
  readonly at: string;
  /** Images were fetched to stay (prefetch, bundle load): clean takes them only with --images. */
  readonly imagesStay?: boolean;
}

/** What is about to be made. */
export type Intended =
  /** A name for an image: `via` is how it comes about; `shared`: another run of docker-tutor made it, this one uses it too. */
  | {
      readonly kind: 'image';
      readonly via: 'pull' | 'tag' | 'build' | 'base' | 'commit' | 'import' | 'load' | 'service' | 'shared';
      /** Canonical (image-name.ts). */
      readonly ref: string;
      /** Short ids of every image there was. Absent where `id` is known in advance. */
      readonly before?: readonly string[];
      readonly id?: string;
      /** The image itself was there before and is no run's: only the name may go. */
      readonly foreign?: boolean;
    }
  /** Images without a name: what a build leaves on its way, an import or commit without a tag. */
  | { readonly kind: 'layers'; readonly before: readonly string[]; readonly dockerfile?: string }
  /** Records of BuildKit's cache. `before`: ids of all there were. */
  | { readonly kind: 'build-cache'; readonly before: readonly string[]; readonly dockerfile: string }
  /** A volume that carries no label of ours: an anonymous one whose container the learner removes. */
  | { readonly kind: 'volume'; readonly name: string }
  /**
   * A volume that was made, labelled, for a container's bind. Were it removed before the container is made, the engine
   * would make it once more, without the label. `made`: when, by the engine's clock, ISO 8601.
   */
  | { readonly kind: 'bound-volume'; readonly name: string; readonly made: string }
  /** `at`: the engine's clock, ISO 8601. */
  | { readonly kind: 'swarm'; readonly at: string }
  /** The network that an engine makes for its first swarm, without a label, and keeps when it leaves. */
  | { readonly kind: 'gateway-bridge' };

export type Entry =
  | Header
  | { readonly type: 'intent'; readonly n: number; readonly plan: Intended }
  /** It was made. */
  | { readonly type: 'outcome'; readonly n: number; readonly ids: readonly string[]; readonly foreign?: boolean }
  /** Nothing was made, or it is gone, or it is another's now. */
  | { readonly type: 'released'; readonly n: number }
  /** Every request of the run has been answered: nothing is on its way. */
  | { readonly type: 'ended' }
  /** The run has cleaned up. On what it still claims another run has built: that one's clean takes both away. */
  | { readonly type: 'handed-on' };

/** An intent that is not released. */
export interface Holding {
  readonly n: number;
  readonly plan: Intended;
  /** Ids in the order seen; undefined while the outcome is unknown. */
  readonly ids: readonly string[] | undefined;
  readonly foreign: boolean;
}

export interface RunRecord {
  readonly run: string;
  readonly header: Header;
  readonly claims: readonly Holding[];
  readonly ended: boolean;
  readonly handedOn: boolean;
}

/** Reads a journal's text. A line that is not whole was never acted on, and is passed over. @returns undefined without a header */
export function readEntries(text: string): RunRecord | undefined {
  let header: Header | undefined;
  let ended = false;
  let handedOn = false;
  const claims = new Map<number, Holding>();
  for (const line of text.split('\n')) {
    const entry = parsed(line);
    if (entry?.type === 'run') header = entry;
    else if (entry?.type === 'ended') ended = true;
    else if (entry?.type === 'handed-on') handedOn = true;
    else if (entry) applyTo(claims, entry);
  }
  return header && { run: header.run, header, claims: [...claims.values()], ended, handedOn };
}

export function applyTo(
  claims: Map<number, Holding>,
  entry: Exclude<Entry, Header | { type: 'ended' | 'handed-on' }>,
): void {
  if (entry.type === 'released') {
    claims.delete(entry.n);
    return;
  }
  if (entry.type === 'intent') {
    const { plan } = entry;
    const known = plan.kind === 'image' && plan.id !== undefined ? [plan.id] : undefined;
    claims.set(entry.n, { n: entry.n, plan, ids: known, foreign: plan.kind === 'image' && plan.foreign === true });
    return;
  }
  const claim = claims.get(entry.n);
  if (!claim) return;
  const ids = [...new Set([...(claim.ids ?? []), ...entry.ids])];
  claims.set(entry.n, { ...claim, ids, foreign: entry.foreign ?? claim.foreign });
}

function parsed(line: string): Entry | undefined {
  if (line.trim() === '') return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return value !== null && typeof value === 'object' && 'type' in value ? (value as Entry) : undefined;
  } catch {
    // torn by a crash
    return undefined;
  }
}
