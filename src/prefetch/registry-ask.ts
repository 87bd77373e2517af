/** A question to a registry or to Docker Hub, over the web: its short answer, or nothing. What is not known is no failure here. */
import { request as plainRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { limited, waited } from '../waits/waits.ts';

export interface WebAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface WebAsk {
  readonly method?: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
}

/** Milliseconds: whoever wants to know what a fetch costs does not wait long for it. */
const limitMs = 5_000;
/** Bytes. No manifest, token or page of a tag is as large. */
const largestAnswer = 4 * 1024 * 1024;

/** @returns undefined where nobody answers in time. Rejects with the signal's reason only. */
export async function askWeb(url: URL, asked: WebAsk, signal: AbortSignal): Promise<WebAnswer | undefined> {
  try {
    return await waited({ for: `the answer of ${url.host}`, limitMs }, () =>
      limited(limitMs, signal, (both) => answerOf(url, asked, both)),
    );
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

async function answerOf(url: URL, { method = 'GET', headers = {} }: WebAsk, signal: AbortSignal): Promise<WebAnswer> {
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    const ask = url.protocol === 'http:' ? plainRequest : request;
    ask(url, { method, headers, signal, agent: false }, resolve).once('error', reject).end();
  });
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of reply as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size > largestAnswer) throw new Error('the answer is too large');
  }
  return { status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(parts).toString('utf8') };
}
