/** `build:` of a service: a folder, or a mapping. */
import type { JsonObject } from '../../../api/request.ts';
import { absoluteIn } from '../absolute.ts';
import type { FileText } from '../compose-error.ts';
import {
  bool,
  kept,
  labels,
  list,
  mapping,
  pairs,
  record,
  scalar,
  shortOr,
  size,
  text,
  texts,
  wordOrTexts,
} from '../readers.ts';
import type { Reader } from '../readers.ts';
import { fileReference } from './file-reference.ts';
import { extraHosts } from './extra-hosts.ts';
import { ulimits } from './ulimits.ts';

/** A Git repository or an archive on the web. */
export function isRemote(context: string): boolean {
  return /^(?:https?|git|ssh):\/\//.test(context) || /^(?:git@|github\.com\/)/.test(context);
}

/** What `context` and `additional_contexts` name: a folder, unless it is something for the builder. */
function contextAt(written: string, file: FileText, home: string | undefined): string {
  return written.includes('://') || written.startsWith('service:') || isRemote(written)
    ? written
    : absoluteIn(file, written, home);
}

/** Keys of the author for the build: `default`, or a name and its file. */
const ssh: Reader<readonly string[]> = (value, at) =>
  Object.entries(pairs(value, at) ?? {}).map(([id, path]) => (path === null || path === '' ? id : `${id}=${path}`));

export function build(home: string | undefined): Reader {
  const context: Reader<string> = (value, at) => contextAt(text(value, at) ?? '', at.file, home);
  const contexts: Reader = (value, at) =>
    Object.fromEntries(
      Object.entries(labels(value, at) ?? {}).map(([key, path]) => [key, contextAt(path, at.file, home)]),
    );
  const long = record({
    context,
    dockerfile: text,
    dockerfile_inline: text,
    entitlements: texts,
    args: pairs,
    provenance: scalar,
    sbom: scalar,
    ssh,
    labels,
    cache_from: texts,
    cache_to: texts,
    no_cache: bool,
    no_cache_filter: wordOrTexts,
    additional_contexts: contexts,
    pull: bool,
    extra_hosts: extraHosts,
    isolation: text,
    network: text,
    target: text,
    secrets: list(fileReference),
    shm_size: size,
    tags: texts,
    ulimits,
    platforms: texts,
    privileged: bool,
  });
  return kept(
    shortOr(
      (written, at) => withDefaults({ context: context(written, at) ?? '' }, at.file),
      (value, at) => withDefaults(long(value, at) ?? {}, at.file, Object.hasOwn(mapping(value, at), 'dockerfile')),
    ),
  );
}

/** @param named whether it says which Dockerfile, be it by an empty name */
function withDefaults(build: JsonObject, { whole, folder, leaves }: FileText, named = false): JsonObject {
  if (!whole) return build;
  const { context = leaves?.paths ? '.' : folder, dockerfile, ...rest } = build;
  const usual = !leaves?.defaults && !named && build['dockerfile_inline'] === undefined ? 'Dockerfile' : dockerfile;
  return { context, ...(usual !== undefined && { dockerfile: usual }), ...rest };
}
