/** Images with their digest, as the registry tells it through the engine (docker/compose, ImageDigestResolver). */
import { readImage } from '../../command/values/image.ts';
import { EngineError } from '../../api/request.ts';
import { ask, request } from '../../plan/ask.ts';
import { wordsOf } from '../../plan/daemon-errors.ts';
import { Stopped } from '../../plan/effects.ts';
import type { Plan } from '../../plan/effects.ts';
import type { Distribution } from '../../plan/service/image.ts';
import type { Project, Service } from '../file/project.ts';

/** @throws Stopped for an image that its registry does not tell of */
export function* withDigests(project: Project): Plan<Project> {
  const services: Record<string, Service> = {};
  for (const [name, service] of Object.entries(project.services)) {
    const { image } = service;
    services[name] = image === undefined ? service : { ...service, image: yield* digested(image) };
  }
  return { ...project, services };
}

function* digested(written: string): Plan<string> {
  const name = readImage(written);
  if (name.digest !== undefined) return name.full;
  const asked = request('GET', `/distribution/${name.full}/json`, { login: name.domain });
  try {
    const { body } = yield* ask<Distribution>(asked, { Descriptor: { digest: '<digest>' } });
    return `${name.full}@${body.Descriptor?.digest ?? ''}`;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new Stopped(`failed to resolve digest for ${name.full}: ${wordsOf(error)}`);
  }
}

/** An override file that pins the images, and says nothing else. */
export function imagesOnly(project: Project): Project {
  const images = Object.entries(project.services).map(([name, { image }]) => [
    name,
    image === undefined ? {} : { image },
  ]);
  const none = { networks: {}, volumes: {}, secrets: {}, configs: {}, models: {}, extensions: {} };
  return { ...project, ...none, name: '', services: Object.fromEntries(images) as Project['services'] };
}
