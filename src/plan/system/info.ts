/** docker info: what the engine says of itself. */
import type { Command } from '../../command/command.ts';
import type { systemInfo } from '../../command/tables/system.ts';
import { ask, complain, print, request } from '../ask.ts';
import type { Plan, PlanContext } from '../effects.ts';
import { clientName, goArch } from './client-name.ts';
import { printFilled } from './answer-format.ts';
import { compactJson, readJson } from '../../gotemplate/go-json.ts';
import { isStruct } from '../../gotemplate/go-value.ts';
import type { GoValue } from '../../gotemplate/go-value.ts';
import { typed } from '../go-types.ts';
import { serverLines } from './info-lines.ts';
import type { EngineInfo } from './info-lines.ts';

export function* showInfo({ flags }: Command<(typeof systemInfo)['flags']>, { client }: PlanContext): Plan {
  const { format = '' } = flags;
  const { body, text = '{}' } = yield* ask<EngineInfo>(request('GET', '/info'), {});
  if (format === 'json') yield* print(`${compactJson(withClient(text, client))}\n`);
  else if (format !== '') yield* printFilled(format, structOf(withClient(text, client)));
  else {
    yield* print(
      `Client: ${clientName}\n Version:    ${client.version}\n Debug Mode: false\n\nServer:\n${serverLines(body)}\n`,
    );
    for (const warning of body.Warnings ?? []) yield* complain(`${warning}\n`);
  }
  return 0;
}

/** The engine's answer as it came, and after it what docker adds of the client. */
function withClient(text: string, { version, os, arch }: PlanContext['client']): string {
  const mine = {
    Debug: false,
    Version: version,
    Os: os,
    Arch: goArch(arch),
    Context: 'default',
    Plugins: [],
    Warnings: null,
  };
  const whole = text.trim().replace(/\}$/, '');
  return `${whole}${whole === '{' ? '' : ','}"ClientInfo":${JSON.stringify(mine)}}`;
}

function structOf(text: string): GoValue {
  const info = typed(readJson(text), 'info');
  return isStruct(info) ? { ...info, type: 'system.dockerInfo' } : info;
}
