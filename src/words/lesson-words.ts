/** Of lessons, in lists of them, in English: small, for the list is shown at once. Pure. */
export const lessonWords = {
  paths: {
    'first-steps': 'First steps',
    images: 'Images',
    networks: 'Networks',
    storage: 'Storage',
    'many-containers': 'Many containers',
    operations: 'Operations',
    others: 'Others',
  },
  levels: { beginner: 'beginner', intermediate: 'intermediate', advanced: 'advanced' },
  practised: (minutes: number) => `practised ${String(minutes)} min`,
  needs: (images: readonly string[]) => `needs ${images.join(', ')}`,
  swarm: 'a swarm manager',
  done: 'done',
  unattended: (day: string) => `ran through unattended on ${day}`,
  doneOf: (done: number, of: number) => `${String(done)} of ${String(of)} done.`,
  next: 'Next:',
  start: 'Start one with:',
  details: 'What each is about and needs:',
};
