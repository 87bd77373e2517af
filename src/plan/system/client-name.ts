/** How version and info name this client, where the docker CLI names its edition. */
export const clientName = 'docker-tutor';
