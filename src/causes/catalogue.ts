/** Every named cause there is. The ids are stable: scripts, tests and documents rely on them. */
import type { Cause, Explanation } from './cause.ts';
import { build } from './build.ts';
import { container } from './container.ts';
import { lab } from './lab.ts';
import { machine } from './machine.ts';
import { network } from './network.ts';
import { ownership } from './ownership.ts';
import { places } from './places.ts';
import { reach } from './reach.ts';
import { registry } from './registry.ts';
import { secured } from './secured.ts';
import { swarm } from './swarm.ts';
import { things } from './things.ts';

export const catalogue = {
  ...reach,
  ...secured,
  ...machine,
  ...registry,
  ...things,
  ...container,
  ...network,
  ...build,
  ...swarm,
  'E-ENGINE-ERROR': {
    title: 'The engine refused: {words}',
    explanation:
      'docker-tutor has no explanation of its own for this. The evidence quotes the engine, its status and the request.',
    fixes: [{ do: 'docker info', note: 'what the engine says of itself, warnings included' }],
    document: 'https://docs.docker.com/reference/api/engine/',
    exitCode: 4,
  },
} satisfies Readonly<Record<string, Cause>>;

export type CauseId = keyof typeof catalogue;

/** Of failures whose sentence depends on where they come from: they bring it, and the fix for their case, themselves. */
export const explanations = { ...lab, ...ownership, ...places } satisfies Readonly<Record<string, Explanation>>;
