/** What the paths of lessons are called, in English: in the list, and on web pages. Pure. */
export const pathTitles = {
  'first-steps': 'First steps',
  images: 'Images',
  networks: 'Networks',
  storage: 'Storage',
  'many-containers': 'Many containers',
  operations: 'Operations',
};
