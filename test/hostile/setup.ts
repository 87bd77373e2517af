/** The engine that DOCKER_HOST names, else the one of the other tests (test/engine/setup.ts). */
import type { TestProject } from 'vitest/node';
import findEngine from '../engine/setup.ts';

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { DOCKER_HOST: host } = process.env;
  if (host !== undefined && host !== '') process.env['DOCKER_TUTOR_TEST_ENGINE'] ??= host;
  return findEngine(project);
}
