/** BuildKit tells what it does as base64 protobuf in the messages of a build (moby/buildkit, api/services/control: StatusResponse). Pure. */
import { Buffer } from 'node:buffer';
import type { BuildStatus, BuildWarning, Vertex, VertexLog, VertexTask } from '../api/answers/build-status.ts';
import { fieldsOf, numberIn, secondsIn, textIn } from './protobuf.ts';
import type { Field } from './protobuf.ts';

/** What is broken is left out. */
export function statusOf(aux: string): BuildStatus {
  const parts = fieldsOf(Buffer.from(aux, 'base64'));
  const each = <T>(wanted: number, read: (fields: readonly Field[]) => T): readonly T[] =>
    parts.filter(({ field }) => field === wanted).map(({ bytes }) => read(fieldsOf(bytes)));
  return { vertexes: each(1, vertexOf), tasks: each(2, taskOf), logs: each(3, logOf), warnings: each(4, warningOf) };
}

function vertexOf(fields: readonly Field[]): Vertex {
  return {
    digest: textIn(fields, 1),
    name: textIn(fields, 3),
    cached: numberIn(fields, 4) === 1,
    ...time('started', secondsIn(fields, 5)),
    ...time('completed', secondsIn(fields, 6)),
    error: textIn(fields, 7),
  };
}

function taskOf(fields: readonly Field[]): VertexTask {
  return {
    id: textIn(fields, 1),
    vertex: textIn(fields, 2),
    current: numberIn(fields, 4),
    total: numberIn(fields, 5),
    ...time('at', secondsIn(fields, 6)),
    ...time('started', secondsIn(fields, 7)),
    ...time('completed', secondsIn(fields, 8)),
  };
}

function logOf(fields: readonly Field[]): VertexLog {
  return { vertex: textIn(fields, 1), ...time('at', secondsIn(fields, 2)), text: textIn(fields, 4) };
}

function warningOf(fields: readonly Field[]): BuildWarning {
  return { vertex: textIn(fields, 1), short: textIn(fields, 3) };
}

function time<K extends string>(name: K, seconds: number | undefined): { readonly [key in K]?: number } {
  return (seconds === undefined ? {} : { [name]: seconds }) as { readonly [key in K]?: number };
}
