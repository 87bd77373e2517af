/** docker info: what the engine says of itself. */
import type { Command } from '../command/command.ts';
import type { systemInfo } from '../command/tables/system.ts';
import { ask, complain, print, request } from './ask.ts';
import { Stopped } from './effects.ts';
import type { Plan, PlanContext } from './effects.ts';
import { clientName } from './client-name.ts';
import { compactJson, readJson } from './output/go-json.ts';
import { isMap } from './output/go-value.ts';
import type { GoStruct } from './output/go-value.ts';
import { serverLines } from './output/info-lines.ts';
import type { EngineInfo } from './output/info-lines.ts';
import { TemplateError } from './output/template-error.ts';
import { parseTemplate } from './output/template-parse.ts';
import { render } from './output/template.ts';

export function* showInfo({ flags }: Command<(typeof systemInfo)['flags']>, { client }: PlanContext): Plan {
  const { format = '' } = flags;
  const { body, text = '{}' } = yield* ask<EngineInfo>(request('GET', '/info'), {});
  if (format === 'json') yield* print(`${compactJson(text)}\n`);
  else if (format !== '') {
    const { made, wrong } = filledIn(format, text);
    yield* print(`${made}\n`);
    if (wrong !== undefined) throw new Stopped(wrong);
  }
  else {
    yield* print(`Client: ${clientName}\n Version:    ${client.version}\n Debug Mode: false\n\nServer:\n${serverLines(body)}\n`);
    for (const warning of body.Warnings ?? []) yield* complain(`${warning}\n`);
  }
  return 0;
}

/** Docker's exit code for a template that cannot be read. */
const badFormat = 64;

/** Docker prints the line even where a field of it is not there. */
function filledIn(format: string, text: string): { readonly made: string; readonly wrong?: string } {
  try {
    const template = parseTemplate(format);
    const info = readJson(text);
    const seen: GoStruct = { type: 'system.dockerInfo', fields: isMap(info) ? info : new Map(), source: info };
    return { made: render(template, seen) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    if (error.during === 'parse') throw new Stopped(`template parsing error: ${error.message}`, badFormat);
    return { made: '', wrong: error.message };
  }
}
