/** Hears what happens while a line is performed: keeps what came of it, and tells it on at once. */
import { endpointOf } from '../../api/endpoints/endpoint-of.ts';
import type { KeptThing } from '../../api/guard.ts';
import type { Message, Request } from '../../api/request.ts';
import { causeFailure } from '../../cause-failure.ts';
import { engineFailure } from '../../engine/problems.ts';
import type { RequestDone } from '../../events/events.ts';
import type { Failure } from '../../failure.ts';
import { tracesIn } from '../../inventory/traces.ts';
import type { Trace } from '../../inventory/traces.ts';
import type { Observation } from '../world.ts';
import { watchBuild } from './build-steps.ts';
import type { TimedStep } from './build-steps.ts';

export type Happening =
  | { readonly is: 'request'; readonly request: RequestTold }
  | { readonly is: 'message'; readonly message: Message; readonly printed: boolean }
  /** Never empty, never cut inside a character. */
  | { readonly is: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly is: 'kept'; readonly kept: KeptThing };

/** Without its secrets. */
export type RequestTold = Pick<RequestDone, 'method' | 'path' | 'query' | 'body' | 'status' | 'ms'>;

export interface Heard {
  /** What of the user's was left as it is. */
  readonly kept: readonly KeptThing[];
  readonly requests: readonly RequestTold[];
  /** What the engine, or the docker CLI in its place, refused last. The command may have gone on all the same. */
  readonly refusal?: Failure;
  /** Facts worth a line that docker does not print. */
  readonly notes: readonly string[];
  /** Of the last build; empty where there was none, or it kept silent. */
  readonly build: readonly TimedStep[];
  /** Id of the image that came out of it. */
  readonly built?: string | undefined;
}

export interface Hearing {
  observe(seen: Observation): void;
  heard(): Heard;
  /** What the engine's messages tell of images. */
  traces(): readonly Trace[];
}

export function hearing(tell: (happening: Happening) => void): Hearing {
  const kept: KeptThing[] = [];
  const requests: RequestTold[] = [];
  const notes: string[] = [];
  const traces: Trace[] = [];
  const build = watchBuild();
  let refusal: Failure | undefined;
  return {
    observe(seen) {
      switch (seen.saw) {
        case 'request': {
          const request = toldOf(seen);
          if (endpointOf(request)?.refers === 'build') build.began(dockerfileIn(seen.request));
          requests.push(request);
          tell({ is: 'request', request });
          break;
        }
        case 'message':
          build.see(seen.message);
          traces.push(...tracesIn(seen.message));
          tell({ is: 'message', message: seen.message, printed: seen.printed });
          break;
        case 'kept':
          kept.push(seen.kept);
          tell({ is: 'kept', kept: seen.kept });
          break;
        case 'refusal':
          refusal = engineFailure(seen.error);
          break;
        case 'cause':
          refusal = causeFailure(seen.cause.id, { args: seen.cause.args });
          break;
        case 'note':
          notes.push(seen.text);
          break;
      }
    },
    heard: () => ({ kept, requests, ...(refusal && { refusal }), notes, build: build.steps(), built: build.image() }),
    traces: () => traces,
  };
}

function dockerfileIn({ upload }: Request): string | undefined {
  return upload?.of === 'context' ? upload.text : undefined;
}

function toldOf({ request, status, ms }: Extract<Observation, { saw: 'request' }>): RequestTold {
  const { method, path, query, body } = request;
  return { method, path, ...(query && { query }), ...(body && { body }), status, ms };
}
