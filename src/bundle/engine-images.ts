/** What an engine says of an image. */
import { EngineError } from '../api/request.ts';
import { askThrough, seek } from '../engine/ask.ts';
import type { Engine } from '../engine/engine.ts';
import { problemOf } from '../engine/problems.ts';
import { familiar } from '../image-name.ts';
import { standInLabel } from '../lab/images/stand-ins.ts';

export interface ImageSeen {
  /** Of its configuration; of its manifest, where the engine keeps images in containerd's store. */
  readonly id: string;
  /** `linux/amd64` */
  readonly platform: string;
  readonly isStandIn: boolean;
}

interface Inspected {
  readonly Id?: string;
  readonly Os?: string;
  readonly Architecture?: string;
  readonly Config?: { readonly Labels?: Readonly<Record<string, string>> | null } | null;
}

/** @param name `docker.io/library/busybox:latest` @returns undefined where there is none @throws Failure */
export async function imageOn(name: string, engine: Engine, signal: AbortSignal): Promise<ImageSeen | undefined> {
  try {
    const found = await seek(askThrough(engine, signal), `/images/${familiar(name)}/json`);
    if (found.is === 'not there') return undefined;
    const { Id = '', Os = '', Architecture = '', Config } = found.thing as Inspected;
    return { id: Id, platform: `${Os}/${Architecture}`, isStandIn: standInLabel in (Config?.Labels ?? {}) };
  } catch (error) {
    throw error instanceof EngineError ? (problemOf(error, engine) ?? error) : error;
  }
}
