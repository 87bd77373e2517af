/** docker context ls, inspect and show: what the client's own folder says; no engine is asked. */
import type { Command } from '../../command/command.ts';
import type { contextInspect, contextLs } from '../../command/tables/other.ts';
import { complain, print } from '../ask.ts';
import { sha256 } from '../../sha256.ts';
import { Stopped } from '../effects.ts';
import type { KnownContext, Plan, PlanContext } from '../effects.ts';
import { formatted } from '../output/formatted.ts';
import type { Columns } from '../output/formatted.ts';
import { compactJson, indentJson, readJson } from '../../gotemplate/go-json.ts';
import { render } from '../../gotemplate/render.ts';
import { TemplateError } from '../../gotemplate/template-error.ts';
import { naturalOrder } from '../output/natural.ts';
import { formatTemplate } from '../output/format-template.ts';

const columns: Columns = {
  type: '*formatter.clientContextContext',
  headers: { Name: 'NAME', Description: 'DESCRIPTION', DockerEndpoint: 'DOCKER ENDPOINT', Error: 'ERROR' },
  table: '{{.Name}}{{if .Current}} *{{end}}\\t{{.Description}}\\t{{.DockerEndpoint}}\\t{{.Error}}',
};

/** `default` is always there; its engine is the environment's. */
function* known(): Plan<readonly KnownContext[]> {
  return (yield { do: 'contexts' }) as readonly KnownContext[];
}

export function* listContexts(
  { flags: { format, quiet } }: Command<(typeof contextLs)['flags']>,
  { env }: PlanContext,
): Plan {
  const contexts = [...(yield* known())].sort((a, b) => naturalOrder(a.name, b.name));
  const rows = contexts.map(({ name, description, host, current, error }) => ({
    Current: current,
    Description: description,
    DockerEndpoint: host,
    Error: error ?? '',
    Name: name,
  }));
  yield* print(formatted(rows, quiet ? '{{.Name}}' : format, columns));
  if ((env['DOCKER_HOST'] ?? '') !== '')
    yield* complain(
      'Warning: DOCKER_HOST environment variable overrides the active context. To use a context, either set the global --context flag, or unset DOCKER_HOST environment variable.\n',
    );
  return 0;
}

export function* showContext(): Plan {
  yield* print(`${(yield* known()).find(({ current }) => current)?.name ?? 'default'}\n`);
  return 0;
}

export function* inspectContexts(
  { flags: { format }, operands }: Command<(typeof contextInspect)['flags']>,
  context: PlanContext,
): Plan {
  const contexts = yield* known();
  const wanted = operands.length > 0 ? operands : contexts.filter(({ current }) => current).map(({ name }) => name);
  const missing = wanted.filter((name) => !contexts.some((one) => one.name === name));
  const found = wanted
    .flatMap((name) => contexts.find((one) => one.name === name) ?? [])
    .map((context) => escaped(JSON.stringify(facts(context))));
  if (format === undefined || format === '' || format === 'json')
    yield* print(
      `${format === 'json' ? compactJson(`[${found.join(',')}]`) : indentJson(`[${found.join(',')}]`, '    ')}\n`,
    );
  else yield* print(found.map((text) => `${filled(format, text)}\n`).join(''));
  if (missing.length > 0) throw new Stopped(missing.map((name) => notFound(name, context)).join('\n'));
  return 0;
}

/** With the file in which docker looks for it. */
function notFound(name: string, { env }: PlanContext): string {
  const { DOCKER_CONFIG: given = '' } = env;
  const folder = given !== '' ? given : `${env['HOME'] ?? ''}/.docker`;
  const file = `${folder}/contexts/meta/${sha256(name)}/meta.json`;
  return `context "${name}": context not found: open ${file}: no such file or directory`;
}

function filled(format: string, text: string): string {
  try {
    return render(formatTemplate(format), readJson(text), { raw: true });
  } catch (error) {
    throw error instanceof TemplateError ? new Stopped(`template parsing error: ${error.message}`) : error;
  }
}

/** Signs of HTML as Go's encoding/json writes them. */
function escaped(json: string): string {
  return json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
}

function facts({ name, description, host, skipTlsVerify, tlsFiles, storage }: KnownContext): object {
  return {
    Name: name,
    Metadata: description === '' || name === 'default' ? {} : { Description: description },
    Endpoints: { docker: { Host: host, SkipTLSVerify: skipTlsVerify } },
    TLSMaterial: tlsFiles.length > 0 ? { docker: tlsFiles } : {},
    Storage: { MetadataPath: storage?.metadata ?? '<IN MEMORY>', TLSPath: storage?.tls ?? '<IN MEMORY>' },
  };
}
