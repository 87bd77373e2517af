/** Web servers that are asked from this machine: a published port, and Docker Hub for the pulls that are left. */
import { limited, waited } from '../../waits/waits.ts';

/** Milliseconds. */
const limitMs = 5_000;

/** @returns undefined where it does not answer */
export async function pageAt(url: string, signal: AbortSignal): Promise<{ readonly status: number } | undefined> {
  return tried(url, signal, async (over) => {
    // its program has just been started, and may not listen yet
    for (;;) {
      const page = await fetch(url, { signal: over }).catch(() => undefined);
      if (page || over.aborted) {
        await page?.body?.cancel();
        return page && { status: page.status };
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
}

/** An image that is there for the question; a HEAD of its manifest counts as no pull (docs.docker.com/docker-hub/usage/pulls). */
const asked = 'ratelimitpreview/test';
const tokenUrl = `https://auth.docker.io/token?service=registry.docker.io&scope=repository:${asked}:pull`;
const manifestUrl = `https://registry-1.docker.io/v2/${asked}/manifests/latest`;

export async function pullsLeft(
  signal: AbortSignal,
): Promise<{ readonly left: number; readonly of: number } | undefined> {
  return tried('Docker Hub', signal, async (over) => {
    const told = (await (await fetch(tokenUrl, { signal: over })).json()) as { readonly token?: unknown };
    if (typeof told.token !== 'string') return undefined;
    const headers = { Authorization: `Bearer ${told.token}` };
    const answer = await fetch(manifestUrl, { method: 'HEAD', signal: over, headers });
    const [left, of] = ['ratelimit-remaining', 'ratelimit-limit'].map((name) =>
      Number(/^\d+/.exec(answer.headers.get(name) ?? '')?.[0] ?? NaN),
    );
    return left === undefined || of === undefined || Number.isNaN(left + of) ? undefined : { left, of };
  });
}

async function tried<T>(
  what: string,
  signal: AbortSignal,
  work: (over: AbortSignal) => Promise<T | undefined>,
): Promise<T | undefined> {
  try {
    return await waited({ for: `an answer of ${what}`, limitMs }, () => limited(limitMs, signal, work));
  } catch {
    signal.throwIfAborted();
    // not reached from here, or no answer of the kind
    return undefined;
  }
}
