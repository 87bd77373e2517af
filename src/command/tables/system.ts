/** docker version, info, inspect, events, system … */
import { commandRow, flag } from '../table.ts';
import { bool, choice, string } from '../values/basic.ts';
import { isSpan, saySince } from './say.ts';
import { filters, force, inspectFormat, listFormat, pruneFilters } from './shared.ts';

const answerFormat = flag({
  ...inspectFormat,
  means: 'pick values out of the answer with a Go template, or print it as json',
});

export const version = commandRow({
  name: 'version',
  means: 'show the versions of the client and of the engine',
  operands: [],
  flags: () => ({ format: answerFormat }),
});

export const systemInfo = commandRow({
  name: 'system info',
  aliases: ['info'],
  means: 'show how the engine is set up, and how much it holds',
  operands: [],
  flags: () => ({ format: answerFormat }),
});

export const inspect = commandRow({
  name: 'inspect',
  means: 'show all the engine knows of an object, whatever kind it is, as JSON',
  operands: [
    {
      name: 'NAME|ID',
      means: 'containers, images, volumes, networks… by name or id',
      says: (value) => `whatever is called ${value}, or has an id that begins so: containers are looked through first`,
      arity: 'many',
      names: 'container',
    },
  ],
  flags: () => ({
    format: inspectFormat,
    size: flag({ kind: bool, short: 's', lands: 'query size', means: 'add how much a container takes on disk' }),
    type: flag({
      kind: choice(
        ['container', 'image', 'network', 'volume', 'config', 'node', 'plugin', 'secret', 'service', 'task', ''],
        (raw) =>
          `unknown type: ${JSON.stringify(raw)}: must be one of "config", "container", "image", "network", "node", "plugin", "secret", "service", "task", "volume"`,
      ),
      lands: 'path',
      means: 'look only for objects of this kind',
      says: (value) =>
        value === ''
          ? 'looks for objects of any kind'
          : `looks only for ${/^[aeiou]/.test(value) ? 'an' : 'a'} ${value}`,
    }),
  }),
});

export const systemDf = commandRow({
  name: 'system df',
  means: 'show how much disk images, containers, volumes and the build cache take',
  operands: [],
  flags: () => ({
    format: listFormat,
    verbose: flag({ kind: bool, short: 'v', lands: 'client', means: 'list every object, not the sums only' }),
  }),
});

export const systemEvents = commandRow({
  name: 'system events',
  aliases: ['events'],
  means: 'print what happens on the engine as it happens',
  operands: [],
  flags: () => ({
    filter: flag({ ...filters, means: 'keep only events that match: type=container, event=die, container=web…' }),
    format: listFormat,
    since: flag({
      kind: string,
      lands: 'query since',
      means: 'begin with events after this time, or of the last 10m',
      says: (value) => `begins with ${saySince(value).replace('only what came', 'what happened')}`,
    }),
    until: flag({
      kind: string,
      lands: 'query until',
      means: 'end at this time',
      says: (value) => (isSpan(value) ? `ends with what happened ${value} ago` : `ends at ${value}`),
    }),
  }),
});

export const systemPrune = commandRow({
  name: 'system prune',
  means: 'remove containers that do not run, unused networks, dangling images and the build cache',
  operands: [],
  flags: () => ({
    all: flag({
      kind: bool,
      short: 'a',
      lands: 'query filters',
      means: 'every image that no container uses, not the dangling ones only',
    }),
    filter: pruneFilters,
    force,
    volumes: flag({
      kind: bool,
      lands: 'POST /volumes/prune',
      means: 'anonymous volumes that no container uses, too',
      pitfall: 'the data in them is gone for good: there is no way back',
    }),
  }),
});

export const systemRows = [version, systemInfo, inspect, systemDf, systemEvents, systemPrune];
