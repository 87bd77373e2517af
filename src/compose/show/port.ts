/** docker compose port: where a port of a service is published. */
import type { Command } from '../../command/command.ts';
import type { composePort } from '../../command/tables/compose.ts';
import { print } from '../../plan/ask.ts';
import { Stopped } from '../../plan/effects.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { theContainer } from '../which/one-container.ts';

export function* port(
  { flags, operands: [service = '', target = ''] }: Command<(typeof composePort)['flags']>,
  group: ComposeFlags,
  context: PlanContext,
): Plan {
  const protocol = flags.protocol ?? 'tcp';
  const { summary } = yield* theContainer(service, flags.index, group, context);
  const found = summary.Ports?.find(
    ({ PrivatePort, Type, PublicPort }) =>
      PrivatePort === Number(target) && Type === protocol && PublicPort !== undefined,
  );
  if (!found) {
    const others = (summary.Ports ?? []).map(({ PublicPort = 0, Type }) => `${String(PublicPort)}/${Type}`).join(', ');
    const name = summary.Names[0]?.slice(1) ?? service;
    throw new Stopped(`no port ${target}/${protocol} for container ${name}: ${others}`);
  }
  yield* print(`${found.IP ?? ''}:${String(found.PublicPort)}\n`);
  return 0;
}
