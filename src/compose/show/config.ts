/** docker compose config. */
import type { Command } from '../../command/command.ts';
import type { composeConfig } from '../../command/tables/compose.ts';
import { print, save } from '../../plan/ask.ts';
import type { Plan, PlanContext } from '../../plan/effects.ts';
import { configHash } from '../container/config-hash.ts';
import { lines } from '../output/lines.ts';
import { warn } from '../output/warn.ts';
import { loadProject } from '../file/load-project.ts';
import type { ComposeFlags } from '../file/load-project.ts';
import { imageOf } from '../container/names.ts';
import { configText } from '../file/print-config.ts';
import type { Project } from '../file/project.ts';
import { imagesOnly, withDigests } from './digests.ts';
import { writtenText } from './written-text.ts';
import { variablesText } from './variables.ts';
import { assertService, chosen } from '../which/services.ts';

type Config = Command<(typeof composeConfig)['flags']>;

export function* showConfig({ flags, operands }: Config, group: ComposeFlags, context: PlanContext): Plan {
  // as it stands in the file, with its variables
  const written = flags['no-interpolate'] === true || flags.variables === true;
  const read = yield* loadProject(group, context, {
    asked: operands,
    interpolate: !written,
    // --no-env-resolution leaves nothing out: Compose 2.40 resolves it elsewhere all the same
    resolveEnvironment: !written && flags.hash === undefined,
    consistency: flags['no-consistency'] !== true,
    leaves: { paths: flags['no-path-resolution'] === true, defaults: flags['no-normalize'] === true },
  });
  yield* warn(read);
  const services = [...chosen(read, operands)].sort();
  const listed = listOf(read, flags, services);
  const lock = flags['lock-image-digests'] === true;
  const pinned = listed === undefined && (lock || flags['resolve-image-digests']) ? yield* withDigests(read) : read;
  const project = lock ? imagesOnly(pinned) : pinned;
  if (listed !== undefined) yield* print(listed);
  else if (flags.quiet) return 0;
  else if (flags.output !== undefined) yield* save(flags.output, wholeText(project, flags, services));
  else yield* print(wholeText(project, flags, services));
  return 0;
}

function wholeText(project: Project, flags: Config['flags'], services: readonly string[]): string {
  const format = flags.format === 'json' ? 'json' : 'yaml';
  // profiles are looked at once variables are filled in
  if (flags['no-interpolate']) return writtenText(project, format, [...services, ...Object.keys(project.disabled)]);
  return configText(project, format, services);
}

/** What is wanted in place of the whole. */
function listOf(project: Project, flags: Config['flags'], services: readonly string[]): string | undefined {
  if (flags.services) return lines(services);
  if (flags.volumes) return lines(Object.keys(project.volumes));
  if (flags.networks) return lines(Object.keys(project.networks));
  if (flags.models) return '';
  if (flags.hash !== undefined) return lines(hashes(project, flags.hash));
  if (flags.profiles) return lines(profilesOf(project));
  if (flags.images) return lines(services.map((name) => imageOf(project, name)));
  if (flags.variables) return variablesText(project, flags.format);
  if (flags.environment)
    return lines(
      Object.entries(project.variables)
        .flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]))
        .sort(),
    );
  return undefined;
}

function profilesOf({ services, disabled }: Project): readonly string[] {
  const all = [...Object.values(services), ...Object.values(disabled)].flatMap(({ profiles }) => profiles ?? []);
  return [...new Set(all)].sort();
}

function hashes(project: Project, wanted: string): readonly string[] {
  const names = wanted === '*' ? Object.keys(project.services).sort() : wanted.split(',');
  for (const name of names) assertService(project, name, ': not found');
  return chosen(project, names, false).map((name) => `${name} ${configHash(project.services[name] ?? {})}`);
}
