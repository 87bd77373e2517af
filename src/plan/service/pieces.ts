/** Flags of a service as the pieces of its spec that they become. */
import type { ServicePort } from '../../command/values/service-port.ts';
import type { NetworkAttachment } from '../../command/values/network.ts';
import type { Mount } from '../../command/values/mount.ts';
import type { Pair, Variable } from '../../command/values/pairs.ts';
import { ask, loadNeeded, request } from '../ask.ts';
import { readEnvFile } from '../env-file.ts';
import { Stopped } from '../effects.ts';
import type { JsonObject } from '../../api/request.ts';
import type { Plan, PlanContext } from '../effects.ts';

/** One PortConfig a port: `80-82:80-82` makes three. */
export function portConfigs(ports: readonly ServicePort[]): readonly JsonObject[] {
  return ports.flatMap(({ published, target, protocol, mode }) =>
    Array.from({ length: target.last - target.first + 1 }, (_, i) => ({
      Protocol: protocol,
      TargetPort: target.first + i,
      ...(published && { PublishedPort: published.first === published.last ? published.first : published.first + i }),
      PublishMode: mode,
    })),
  );
}

/** `TaskTemplate.Networks`: names are looked up among the networks of the swarm, for tasks name them by id. */
export function* networkTargets(networks: readonly NetworkAttachment[]): Plan<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  for (const { target, aliases, driverOpts } of networks) {
    if (target === '') throw new Stopped('invalid network name or ID: value is empty');
    const { body } = yield* ask<{ readonly Id: string }>(
      request('GET', `/networks/${target}`, { query: { scope: 'swarm' } }),
      { Id: '<id>' },
    );
    found.push({
      Target: body.Id,
      ...(aliases.length > 0 && { Aliases: aliases }),
      ...(Object.keys(driverOpts).length > 0 && { DriverOpts: driverOpts }),
    });
  }
  return found;
}

/** `NAME=value`; a name alone takes its value from the environment docker runs in, or stays a name. */
export function variableText({ name, value }: Variable, env: PlanContext['env']): string {
  const given = value ?? env[name];
  return given === undefined ? name : `${name}=${given}`;
}

/** Files first, then flags; a later one replaces an earlier one of the same name. */
export function* environment(
  files: readonly string[],
  variables: readonly Variable[],
  { env }: PlanContext,
): Plan<readonly string[]> {
  const all: string[] = [];
  for (const path of files) {
    all.push(...readEnvFile(yield* loadNeeded(path), env, path));
  }
  all.push(...variables.map((variable) => variableText(variable, env)));
  let kept: readonly string[] = [];
  for (const entry of all) {
    const name = `${entry.split('=')[0] ?? ''}=`;
    kept = [...kept.filter((before) => before === entry || !before.startsWith(name)), entry];
  }
  return kept;
}

export function pairMap(pairs: readonly Pair[]): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
}

/** `10.0.0.2 db`: a line of /etc/hosts, as services have it. */
export function hostLine({ host, ip }: { readonly host: string; readonly ip: string }): string {
  return `${ip} ${host}`;
}

export function ulimits(
  limits: readonly { readonly name: string; readonly soft: number; readonly hard: number }[],
): readonly JsonObject[] {
  return limits.map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard }));
}

export function mounts(written: readonly Mount[]): readonly JsonObject[] {
  return written.map((mount): JsonObject => ({ ...mount }));
}

/** `spread=node.labels.zone` */
export function preferences(pairs: readonly Pair[]): readonly JsonObject[] {
  return pairs.map(({ key, value }) => {
    if (key.toLowerCase() !== 'spread')
      throw new Stopped(`unsupported placement preference (only spread is supported)`);
    return { Spread: { SpreadDescriptor: value } };
  });
}

/** `gpu=2` counts, `gpu=UUID1` names. */
export function genericResources(written: readonly string[]): readonly JsonObject[] {
  return written.map((text) => {
    const [kind = '', value = ''] = text.split('=');
    if (kind === '' || value === '')
      throw new Stopped(`invalid generic-resource request \`${text}\`, expected format: resource-name=count`);
    return /^\d+$/.test(value)
      ? { DiscreteResourceSpec: { Kind: kind, Value: Number(value) } }
      : { NamedResourceSpec: { Kind: kind, Value: value } };
  });
}

/** The words of one flag's value, as a shell splits them (google/shlex, which the docker CLI uses). */
export function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (/\s/.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (sign === "'" || sign === '"') {
      const end = closingQuote(text, at);
      word =
        (word ?? '') + (sign === "'" ? text.slice(at + 1, end) : text.slice(at + 1, end).replace(/\\([\s\S])/g, '$1'));
      at = end;
    } else if (sign === '\\') word = (word ?? '') + text.charAt(++at);
    else word = (word ?? '') + sign;
  }
  return word === undefined ? words : [...words, word];
}

function closingQuote(text: string, open: number): number {
  const quote = text.charAt(open);
  for (let at = open + 1; at < text.length; at++) {
    if (quote === '"' && text.charAt(at) === '\\') at++;
    else if (text.charAt(at) === quote) return at;
  }
  throw new Stopped('EOF found when expecting closing quote');
}
