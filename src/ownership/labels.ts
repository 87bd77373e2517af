/** Labels that say which run made a thing. Pure. */
import { endpointOf } from '../api/endpoints/endpoint-of.ts';
import type { JsonObject, Request } from '../api/request.ts';
import { objectIn } from '../api/json-parts.ts';

export const runLabel = 'docker-tutor.run';
export const scenarioLabel = 'docker-tutor.scenario';

/** The scenario of what is typed for its own sake. */
export const tried = 'try';

/** Whose a thing is: the run's id, and the scenario's (`try` for the prompt). */
export interface RunMark {
  readonly run: string;
  readonly scenario: string;
}

function labelsOf(mark: RunMark): Readonly<Record<string, string>> {
  return { [runLabel]: mark.run, [scenarioLabel]: mark.scenario };
}

/**
 * The request with the run's labels in its body, where it makes something that can carry labels; else the same request.
 * Volumes that a container's Mounts would make get them too; those that its Binds would make cannot (guard/create.ts).
 */
export function labelled(request: Request, mark: RunMark): Request {
  const labels = labelsOf(mark);
  const body = request.body ?? {};
  switch (endpointOf(request)?.labels ?? 'none') {
    case 'none':
      return request;
    case 'body':
      return { ...request, body: withLabels(body, labels) };
    case 'body-and-mounts':
      return { ...request, body: withMountLabels(withLabels(body, labels), labels) };
    case 'service':
      return { ...request, body: withServiceLabels(body, labels) };
  }
}

/** The run that a labelled thing belongs to. An empty label is none: guard/images.ts puts one on committed images. */
export function runOf(labels: unknown): string | undefined {
  const run = objectIn(labels)[runLabel];
  return typeof run === 'string' && run !== '' ? run : undefined;
}

function withLabels(body: JsonObject, labels: JsonObject): JsonObject {
  return { ...body, Labels: { ...objectIn(body['Labels']), ...labels } };
}

function withServiceLabels(body: JsonObject, labels: JsonObject): JsonObject {
  const task = objectIn(body['TaskTemplate']);
  const container = objectIn(task['ContainerSpec']);
  const spec = withMountsIn(withLabels(container, labels), labels);
  return { ...withLabels(body, labels), TaskTemplate: { ...task, ContainerSpec: spec } };
}

function withMountLabels(body: JsonObject, labels: JsonObject): JsonObject {
  const host = objectIn(body['HostConfig']);
  return Array.isArray(host['Mounts']) ? { ...body, HostConfig: withMountsIn(host, labels) } : body;
}

function withMountsIn(holder: JsonObject, labels: JsonObject): JsonObject {
  const mounts = holder['Mounts'];
  if (!Array.isArray(mounts)) return holder;
  return { ...holder, Mounts: (mounts as JsonObject[]).map((mount) => withVolumeLabels(mount, labels)) };
}

function withVolumeLabels(mount: JsonObject, labels: JsonObject): JsonObject {
  if (mount['Type'] !== 'volume') return mount;
  return { ...mount, VolumeOptions: withLabels(objectIn(mount['VolumeOptions']), labels) };
}

/** Filters of a list: what this run has made. */
export function madeBy(run: string): string {
  return JSON.stringify({ label: [`${runLabel}=${run}`] });
}
