/** docker version: this client and the engine, side by side. */
import type { Command } from '../../command/command.ts';
import type { version } from '../../command/tables/system.ts';
import { ask, print, request } from '../ask.ts';
import type { Plan, PlanContext } from '../effects.ts';
import { goArch } from './client-name.ts';
import { printFilled } from './answer-format.ts';
import { compactJson, readJson } from '../../gotemplate/go-json.ts';
import { isMap } from '../../gotemplate/go-value.ts';
import type { GoStruct, GoValue } from '../../gotemplate/go-value.ts';

/** GET /version (Engine API, SystemVersion). */
interface ServerVersion {
  readonly Platform?: { readonly Name?: string };
  readonly Version?: string;
  readonly ApiVersion?: string;
  readonly MinAPIVersion?: string;
  readonly GoVersion?: string;
  readonly GitCommit?: string;
  readonly BuildTime?: string;
  readonly Os?: string;
  readonly Arch?: string;
  readonly Experimental?: boolean;
  readonly Components?: readonly Component[];
}

interface Component {
  readonly Name: string;
  readonly Version: string;
  readonly Details?: Readonly<Record<string, string>> | null;
}

export function* showVersion(
  { flags: { format = '' } }: Command<(typeof version)['flags']>,
  context: PlanContext,
): Plan {
  const { body, text = '{}' } = yield* ask<ServerVersion>(request('GET', '/version'), {});
  if (format === 'json') yield* print(`${compactJson(bothSides(text, context))}\n`);
  else if (format !== '') yield* printFilled(format, structOf(bothSides(text, context)), 'version');
  else yield* print(`${clientPart(context)}\n${serverPart(body)}`);
  return 0;
}

/** As JSON, under the keys that docker gives them. @param server the engine's answer as it came */
function bothSides(server: string, { client, apiVersion }: PlanContext): string {
  const mine = {
    Version: client.version,
    ApiVersion: apiVersion,
    DefaultAPIVersion: apiVersion,
    Os: client.os,
    Arch: goArch(client.arch),
    Context: 'default',
  };
  return `{"Client":${JSON.stringify(mine)},"Server":${withDate(server)}}`;
}

/** In its engine, docker writes the date of the build as people read it. */
function withDate(server: string): string {
  const { Components } = JSON.parse(server) as ServerVersion;
  const date = Components?.find(({ Name }) => Name === 'Engine')?.Details?.['BuildTime'];
  return date === undefined ? server : server.replace(JSON.stringify(date), () => JSON.stringify(builtAt(date)));
}

/** Fields that Go has where the JSON leaves them out, being empty. The client's speak of a build in Go. */
const absent: Readonly<Record<string, readonly (readonly [string, GoValue])[]>> = {
  Client: ['GitCommit', 'GoVersion', 'BuildTime'].map((field) => [field, '']),
  Server: [
    ...['MinAPIVersion', 'GitCommit', 'GoVersion', 'KernelVersion', 'BuildTime'].map((field) => [field, ''] as const),
    ['Experimental', false],
  ],
};

/** As a template sees it: Go's names for the fields. */
function structOf(text: string): GoStruct {
  const read = readJson(text);
  const side = (name: string, type: string): GoStruct => {
    const found = isMap(read) ? read.get(name) : undefined;
    const fields = new Map([...(absent[name] ?? []), ...(isMap(found) ? found : [])]);
    return { type, fields, spelling: { APIVersion: 'ApiVersion' }, source: found };
  };
  const fields = new Map([
    ['Client', side('Client', 'system.clientVersion')],
    ['Server', side('Server', '*types.Version')],
  ]);
  return { type: 'system.versionInfo', fields, source: read };
}

function clientPart({ client, apiVersion }: PlanContext): string {
  return [
    'Client: docker-tutor',
    line('Version', client.version),
    line('API version', apiVersion),
    line('Node version', client.node),
    line('OS/Arch', `${client.os}/${goArch(client.arch)}`),
    '',
  ].join('\n');
}

function serverPart(server: ServerVersion): string {
  const name = server.Platform?.Name ?? '';
  const components = server.Components ?? [{ Name: 'Engine', Version: server.Version ?? '', Details: details(server) }];
  return [`Server:${name === '' ? '' : ` ${name}`}`, ...components.flatMap(componentLines), ''].join('\n');
}

/** What an engine without components says of itself, under the names of a component's details. */
function details(server: ServerVersion): Readonly<Record<string, string>> {
  const {
    ApiVersion = '',
    MinAPIVersion = '',
    GoVersion = '',
    GitCommit = '',
    BuildTime = '',
    Os = '',
    Arch = '',
    Experimental = false,
  } = server;
  return { ApiVersion, MinAPIVersion, GoVersion, GitCommit, BuildTime, Os, Arch, Experimental: String(Experimental) };
}

function componentLines({ Name, Version, Details }: Component): string[] {
  const known = Details ?? {};
  if (Name !== 'Engine')
    return [
      ` ${Name}:`,
      line(' Version', Version),
      ...Object.keys(known)
        .sort()
        .map((key) => line(` ${key}`, known[key] ?? '')),
    ];
  return [
    ' Engine:',
    line(' Version', Version),
    line(' API version', `${known['ApiVersion'] ?? ''} (minimum version ${known['MinAPIVersion'] ?? ''})`),
    line(' Go version', known['GoVersion'] ?? ''),
    line(' Git commit', known['GitCommit'] ?? ''),
    line(' Built', builtAt(known['BuildTime'] ?? '')),
    line(' OS/Arch', `${known['Os'] ?? ''}/${known['Arch'] ?? ''}`),
    line(' Experimental', known['Experimental'] ?? ''),
  ];
}

/** Name and value, the value in column 20 as docker aligns it. */
function line(name: string, value: string): string {
  return `${` ${name}:`.padEnd(20)}${value}`;
}

/** `2026-09-15T11:02:57.000000000+00:00` → `Tue Sep 15 11:02:57 2026` (Go's time.ANSIC); other texts as they are. */
function builtAt(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  const [weekday = '', day = '', month = '', year = '', clock = ''] = date.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${clock} ${year}`;
}
