/** docker compose version. */
import type { Command } from '../../command/command.ts';
import type { composeVersion } from '../../command/tables/compose.ts';
import { print } from '../../plan/ask.ts';
import type { Plan } from '../../plan/effects.ts';
import { composeVersion as version } from '../container/labels.ts';

export function* showVersion({ flags }: Command<(typeof composeVersion)['flags']>): Plan {
  if (flags.short) yield* print(`${version}\n`);
  else if (flags.format === 'json') yield* print(`${JSON.stringify({ version: `v${version}` })}\n`);
  else yield* print(`docker-tutor, which performs Compose files as Docker Compose v${version} does\n`);
  return 0;
}
