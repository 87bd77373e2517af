/** Which lessons are proven: the six that docker-tutor is named for; all of them with DOCKER_TUTOR_TEST_LESSONS=all. */
import { shippedScenarios } from '../../src/scenario/catalogue.ts';

const namedFor = [
  'hello-world',
  'flask-image-build',
  'tag-push-pull',
  'custom-bridge-network',
  'volume-mount',
  'compose',
];
const wish = process.env['DOCKER_TUTOR_TEST_LESSONS'];
const all = shippedScenarios().map(({ id }) => id);

export const lessons: readonly string[] =
  wish === undefined ? namedFor : wish === 'all' ? all : all.filter((id) => wish.split(',').includes(id));
