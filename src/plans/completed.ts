/** A command as the docker client completes it, whatever command it is: by its configuration, and by where it stands. Pure. */
import type { Command } from '../command/command.ts';
import type { Mount } from '../command/values/mount.ts';
import type { ClientSettings, PlanContext } from '../plan/effects.ts';
import { wholePath } from '../plan/relative-path.ts';
import type { Filter } from '../plan/filters.ts';

/** Commands whose `--format` has a default, by its name in config.json; with -q they print ids (docker/cli, configfile). */
const formatNames: Readonly<Record<string, string>> = {
  'container ls': 'ps',
  'image ls': 'images',
  'network ls': 'networks',
  'volume ls': 'volumes',
  'container stats': 'stats',
  'service ls': 'services',
  'service inspect': 'serviceInspect',
  'service ps': 'tasks',
  'node ps': 'tasks',
  'node ls': 'nodes',
  'stack ps': 'tasks',
  'secret ls': 'secret',
  'config ls': 'config',
};

/** Commands that DOCKER_DEFAULT_PLATFORM is for. */
const ofPlatform: ReadonlySet<string> = new Set([
  'container run',
  'container create',
  'image build',
  'image import',
  'image pull',
]);

export function completed(command: Command, { settings, cwd }: Pick<PlanContext, 'settings' | 'cwd'>): Command {
  return withSettings(withWholeSources(command, cwd), settings);
}

/** `--mount src=.` and `src=./app`: the engine does not know our folder (docker/cli, opts.MountOpt). */
function withWholeSources(command: Command, cwd: string): Command {
  const whole = Object.entries(command.row.flags)
    .filter(([name, { kind }]) => kind.id === 'mount' && command.flags[name] !== undefined)
    .map(([name]): readonly [string, unknown] => [
      name,
      (command.flags[name] as readonly Mount[]).map((mount) => withWholeSource(mount, cwd)),
    ]);
  return whole.length === 0 ? command : { ...command, flags: { ...command.flags, ...Object.fromEntries(whole) } };
}

function withWholeSource(mount: Mount, cwd: string): Mount {
  const { Source: source = '' } = mount;
  return source === '.' || source.startsWith('./') ? { ...mount, Source: wholePath(source, cwd) } : mount;
}

/** What is written goes before what is configured. */
function withSettings(command: Command, settings: ClientSettings = {}): Command {
  const { row, flags } = command;
  const configured: Record<string, string | undefined> = {
    ...('format' in row.flags &&
      flags['quiet'] !== true &&
      flags['pretty'] !== true && {
        format: settings.formats?.[formatNames[row.name] ?? ''],
      }),
    ...('detach-keys' in row.flags && { 'detach-keys': settings.detachKeys }),
    ...(ofPlatform.has(row.name) && { platform: settings.platform }),
  };
  const added = Object.entries(configured).flatMap(([name, text]): readonly (readonly [string, unknown])[] => {
    const kind = row.flags[name]?.kind;
    return text === undefined || kind === undefined || flags[name] !== undefined ? [] : [[name, kind.parse(text)]];
  });
  const filter = row.name.endsWith(' prune') ? pruneFilters(settings.pruneFilters ?? [], flags['filter']) : undefined;
  if (added.length === 0 && filter === undefined) return command;
  return { ...command, flags: { ...flags, ...Object.fromEntries(added), ...(filter && { filter }) } };
}

/** A configured label gives way to its opposite on the command line (docker/cli, command.PruneFilters). */
function pruneFilters(configured: readonly string[], written: unknown): readonly Filter[] | undefined {
  const given = (written ?? []) as readonly Filter[];
  const opposite: Readonly<Record<string, string>> = { label: 'label!', 'label!': 'label' };
  const added = configured.flatMap((text) => {
    const at = text.indexOf('=');
    if (at === -1) return [];
    const [key, value] = [text.slice(0, at), text.slice(at + 1)];
    return given.some((one) => one.key === opposite[key] && one.value === value) ? [] : [{ key, value }];
  });
  return added.length === 0 ? undefined : [...given, ...added];
}
