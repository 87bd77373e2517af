import { expect, test } from 'vitest';
import { stateFolder } from '../../../src/state/home.ts';

test.each([
  [{ DOCKER_TUTOR_HOME: '/mine', XDG_STATE_HOME: '/states' }, '/mine'],
  [{ XDG_STATE_HOME: '/states' }, '/states/docker-tutor'],
  [{ DOCKER_TUTOR_HOME: '', XDG_STATE_HOME: '/states' }, '/states/docker-tutor'],
])('with %j the state is in %s', (env, folder) => {
  expect(stateFolder(env)).toBe(folder);
});

test('a relative XDG_STATE_HOME is none', () => {
  expect(stateFolder({ XDG_STATE_HOME: 'states' })).toBe(stateFolder({}));
});
