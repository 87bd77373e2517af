/** `ulimits:` of a service or a build: one number, or a soft and a hard one. */
import { map, record, whole } from '../readers.ts';

const both = record({ soft: whole, hard: whole }, { needs: ['soft', 'hard'] });

export const ulimits = map((value, at) => {
  if (value !== null && typeof value === 'object') return { soft: 0, hard: 0, ...both(value, at) };
  const limit = whole(value, at);
  return limit === 0 ? { soft: 0, hard: 0 } : limit;
});
