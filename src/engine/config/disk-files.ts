/** The docker CLI's config folder as it lies on the disk. */
import { readdirSync } from 'node:fs';
import { readSmallFile } from '../../state/small-file.ts';
import type { Files } from './docker-config.ts';

export const diskFiles: Files = {
  read: readSmallFile,
  folders(path) {
    try {
      return readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);
    } catch {
      // no contexts were ever made
      return [];
    }
  },
};
