/** A secret or a config that a service or a build uses: its name, or a mapping. */
import type { FileReference } from '../project.ts';
import type { Reader } from '../readers.ts';
import { mode, record, shortOr, text } from '../readers.ts';

export const fileReference = shortOr(
  (source) => ({ source }),
  record({ source: text, target: text, uid: text, gid: text, mode }, { needs: ['source'] }),
);

/** A secret is below /run/secrets, unless it says where. */
export const secretReference: Reader = (value, at) => {
  const found = fileReference(value, at) as FileReference | undefined;
  if (!at.file.whole || found === undefined) return found;
  const { source, target = `/run/secrets/${source}`, ...rest } = found;
  return { source, target, ...rest };
};
