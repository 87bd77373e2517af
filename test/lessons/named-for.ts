/** The six lessons that docker-tutor is named for. */
export const namedFor: readonly string[] = [
  'hello-world',
  'flask-image-build',
  'tag-push-pull',
  'custom-bridge-network',
  'volume-mount',
  'compose',
];
