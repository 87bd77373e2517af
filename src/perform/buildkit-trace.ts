/**
 * BuildKit tells what it does as base64 protobuf in the build's messages (moby/buildkit, api/services/control: StatusResponse).
 * Here it becomes plain text, as `docker build --progress=plain` writes it.
 */
import { Buffer } from 'node:buffer';

/** The id of such a message; its `aux` is the text. */
export const traceId = 'moby.buildkit.trace';

interface VertexTold {
  readonly number: number;
  /** Seconds since 1970. */
  started: number;
  over: boolean;
}

/** @returns what turns one message after the other into lines; broken messages into none */
export function buildkitLines(): (aux: string) => string {
  const steps = new Map<string, VertexTold>();
  const stepOf = (digest: string): VertexTold => {
    const known = steps.get(digest) ?? { number: steps.size + 1, started: 0, over: false };
    steps.set(digest, known);
    return known;
  };
  return (aux) => {
    const status = fieldsOf(Buffer.from(aux, 'base64'));
    const vertexes = status.filter(({ field }) => field === 1).map(({ bytes }) => vertexLines(bytes, stepOf));
    const logs = status.filter(({ field }) => field === 3).map(({ bytes }) => logLines(bytes, stepOf));
    // what a step says comes before its end, where both are in one message
    const [starts, ends] = [vertexes.map(([start]) => start), vertexes.map(([, end]) => end)];
    return [...starts, ...logs, ...ends].join('');
  };
}

/** Its first line, once it has begun, and its last, once it is over. */
function vertexLines(bytes: Buffer, stepOf: (digest: string) => VertexTold): readonly [start: string, end: string] {
  const fields = fieldsOf(bytes);
  const text = (field: number): string => bytesIn(fields, field).toString('utf8');
  const [started, completed] = [secondsIn(fields, 5), secondsIn(fields, 6)];
  if (started === undefined) return ['', ''];
  const step = stepOf(text(1));
  const start = step.started === 0 ? `#${String(step.number)} ${text(3)}\n` : '';
  step.started = started;
  if (completed === undefined || step.over) return [start, ''];
  step.over = true;
  const error = text(7);
  const cached = fields.some(({ field, value }) => field === 4 && value === 1);
  const end = error !== '' ? `ERROR: ${error}` : cached ? 'CACHED' : `DONE ${(completed - started).toFixed(1)}s`;
  return [start, `#${String(step.number)} ${end}\n\n`];
}

function logLines(bytes: Buffer, stepOf: (digest: string) => VertexTold): string {
  const fields = fieldsOf(bytes);
  const step = stepOf(bytesIn(fields, 1).toString('utf8'));
  const at = Math.max(0, (secondsIn(fields, 2) ?? step.started) - step.started).toFixed(3);
  const lines = bytesIn(fields, 4).toString('utf8').replace(/\n$/, '').split('\n');
  return lines.map((line) => `#${String(step.number)} ${at} ${line}\n`).join('');
}

interface Field {
  readonly field: number;
  /** Of a number; long ones lose their last digits. */
  readonly value: number;
  /** Of anything else; empty for a number. */
  readonly bytes: Buffer;
}

function bytesIn(fields: readonly Field[], wanted: number): Buffer {
  return fields.find(({ field }) => field === wanted)?.bytes ?? Buffer.alloc(0);
}

/** A Timestamp: seconds, and nanoseconds. */
function secondsIn(fields: readonly Field[], wanted: number): number | undefined {
  const found = fields.find(({ field }) => field === wanted);
  if (!found) return undefined;
  const parts = fieldsOf(found.bytes);
  const part = (field: number): number => parts.find((each) => each.field === field)?.value ?? 0;
  return part(1) + part(2) / 1e9;
}

const noBytes = Buffer.alloc(0);

/** A protobuf message's fields, in the order written; it ends where it makes no sense. */
function fieldsOf(message: Buffer): readonly Field[] {
  const found: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; at < message.length; scale *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < message.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    const kind = tag % 8;
    if (kind === 0) found.push({ field, value: varint(), bytes: noBytes });
    else if (kind === 2) {
      const length = varint();
      found.push({ field, value: 0, bytes: message.subarray(at, at + length) });
      at += length;
    } else if (kind === 1) at += 8;
    else if (kind === 5) at += 4;
    else break;
  }
  return found;
}
