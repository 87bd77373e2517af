/** What else could stand in place of a flag's value: other texts of the same kind, that mean something else. Pure. */
import type { Kind } from '../../command/kinds.ts';
import { image, imageOrId, images } from '../../command/values/image.ts';
import { restart } from '../../command/values/limits.ts';
import { mount, type Mount } from '../../command/values/mount.ts';
import { network, type NetworkAttachment } from '../../command/values/network.ts';
import { publish, type Publish } from '../../command/values/port.ts';
import { servicePort } from '../../command/values/service-port.ts';
import { volume, type VolumeMount } from '../../command/values/volume.ts';

export type ThingKind = 'container' | 'image' | 'network' | 'volume';

/** What else there is when the line is performed. */
export interface Others {
  /** The name of another thing of the kind, where there is one. */
  other(kind: ThingKind, name: string): string | undefined;
}

type Changer<V> = (value: V, raw: string, others: Others) => readonly string[];

const byKind: ReadonlyMap<Kind<unknown>, Changer<never>> = new Map<Kind<unknown>, Changer<never>>([
  entry(publish, changedPublish),
  entry(servicePort, (_, raw) => [changedNumbers(raw)]),
  entry(volume, changedVolume),
  entry(mount, changedMount),
  entry(network, changedNetwork),
  entry(restart, (_, raw) => (raw.startsWith('no') ? ['always'] : ['no'])),
  ...[image, images, imageOrId].map((kind) => entry(kind as Kind<unknown>, (_, raw: string) => [otherTag(raw)])),
]);

function entry<V>(kind: Kind<V>, changer: Changer<V>): [Kind<unknown>, Changer<never>] {
  return [kind, changer];
}

/** Texts of the kind in place of this one; some of them docker may refuse. */
export function changedValues(kind: Kind<unknown>, raw: string, others: Others): readonly string[] {
  if (kind.arity === 'switch') return [];
  const changer = byKind.get(kind);
  if (changer) return changer(kind.parse(raw) as never, raw, others);
  if (kind.words) {
    const word = kind.words.find((one) => one !== raw && one !== '');
    return word === undefined ? [] : [word];
  }
  return otherText(raw);
}

/** A template picks what is printed: without it is wrong enough. */
export function otherText(raw: string): readonly string[] {
  if (raw === '' || raw.includes('{{')) return [];
  const [, key, value] = /^([\w.-]+)=(.*)$/s.exec(raw) ?? [];
  if (key !== undefined && value !== undefined)
    return value === '' ? [] : otherText(value).map((text) => `${key}=${text}`);
  if (/^\d+(?:\.\d+)?[a-z]*$/i.test(raw)) return [changedNumbers(raw)];
  return [`${raw}-other`];
}

/** Twice as much, or as many. */
function changedNumbers(raw: string): string {
  return raw.replace(/\d+(?:\.\d+)?/, (number) => String(Number(number) * 2 || 1));
}

function changedPublish({ address, host, container, protocol }: Publish): readonly string[] {
  const inside = (port: number): string => `${String(port)}${protocol === 'tcp' ? '' : `/${protocol}`}`;
  const before = [address ?? '', host ? range(host) : ''];
  const written = (parts: readonly string[], port: string): string =>
    [...parts.slice(parts[0] === '' ? 1 : 0), port].join(':').replace(/^:+/, '');
  return [
    ...(address === undefined ? [] : [written(['', before[1] ?? ''], rangeInside(container, protocol))]),
    ...(host ? [written([before[0] ?? '', ''], rangeInside(container, protocol))] : []),
    ...(container.first === container.last ? [written(before, inside(container.first + 1))] : []),
    ...(protocol === 'tcp' ? [written(before, `${range(container)}/udp`)] : []),
  ];
}

function range({ first, last }: Publish['container']): string {
  return first === last ? String(first) : `${String(first)}-${String(last)}`;
}

function rangeInside(container: Publish['container'], protocol: Publish['protocol']): string {
  return `${range(container)}${protocol === 'tcp' ? '' : `/${protocol}`}`;
}

/** Another source of the same kind is an empty one: docker makes volumes and folders that are not there. */
function changedVolume({ source, target, options, readOnly }: VolumeMount): readonly string[] {
  const written = (from: string | undefined, to: string, modes: readonly string[]): string =>
    [
      ...(from === undefined ? [] : [from]),
      to,
      ...(modes.length > 0 && from !== undefined ? [modes.join(',')] : []),
    ].join(':');
  const otherMode = readOnly ? options.filter((option) => option !== 'ro') : [...options, 'ro'];
  return [
    ...(source === undefined
      ? []
      : [written(`${source.replace(/\/+$/, '')}-other`, target, options), written(source, target, otherMode)]),
    written(source, `${target.replace(/\/+$/, '')}-other`, options),
  ];
}

function changedMount({ Type, Source, Target, ReadOnly }: Mount, raw: string): readonly string[] {
  const fields = raw.split(',');
  const withKey = (keys: RegExp, to: (value: string) => string): string =>
    fields
      .map((field) => (keys.test(field) ? field.replace(/=.*$/s, (value) => `=${to(value.slice(1))}`) : field))
      .join(',');
  return [
    ...(Source !== undefined && Type === 'volume' ? [withKey(/^(?:src|source)=/, (value) => `${value}-other`)] : []),
    ...(Target === undefined ? [] : [withKey(/^(?:dst|destination|target)=/, (value) => `${value}-other`)]),
    ReadOnly === true ? fields.filter((field) => !/^(?:readonly|ro)(?:=|$)/.test(field)).join(',') : `${raw},readonly`,
  ];
}

function changedNetwork({ target, aliases }: NetworkAttachment, raw: string, { other }: Others): readonly string[] {
  const place = other('network', target) ?? (target === 'none' ? 'bridge' : 'none');
  const swapped = raw.includes('=') ? raw.replace(/(^|,)name=[^,]*/, `$1name=${place}`) : place;
  const alias = aliases[0];
  return [swapped, ...(alias === undefined ? [] : [raw.replace(`alias=${alias}`, `alias=${alias}-other`)])];
}

/** The same image under another tag. */
export function otherTag(name: string): string {
  const [, before = name, tag] = /^(.*?)(?::([^:/@]+))?(?:@.*)?$/.exec(name) ?? [];
  return `${before}:${tag === undefined ? 'other' : `${tag}-other`}`;
}
