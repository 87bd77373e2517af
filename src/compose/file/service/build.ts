/** `build:` of a service: a folder, or a mapping. */
import type { JsonObject } from '../../../api/request.ts';
import { absolute } from '../absolute.ts';
import { anything, bool, labels, list, map, pairs, record, shortOr, size, text, texts } from '../readers.ts';
import type { Reader } from '../readers.ts';

/** A Git repository or an archive on the web. */
export function isRemote(context: string): boolean {
  return /^(?:https?|git|ssh):\/\//.test(context) || /^(?:git@|github\.com\/)/.test(context);
}

export function build(home: string | undefined): Reader {
  const folder: Reader<string> = (value, at) => {
    const written = text(value, at) ?? '.';
    return isRemote(written) ? written : absolute(written, at.file.folder, home);
  };
  const long = record({
    context: folder,
    dockerfile: text,
    dockerfile_inline: text,
    entitlements: texts,
    args: pairs,
    provenance: text,
    sbom: text,
    ssh: pairs,
    labels,
    cache_from: texts,
    cache_to: texts,
    no_cache: bool,
    no_cache_filter: texts,
    additional_contexts: labels,
    pull: bool,
    extra_hosts: texts,
    isolation: text,
    network: text,
    target: text,
    secrets: list(
      shortOr((source) => ({ source }), record({ source: text, target: text, uid: text, gid: text, mode: text })),
    ),
    shm_size: size,
    tags: texts,
    ulimits: map(anything),
    platforms: texts,
    privileged: bool,
  });
  return shortOr(
    (context, at) => withDefaults({ context: folder(context, at) }),
    (value, at) => withDefaults(long({ context: '.', ...(value as object) }, at) ?? {}),
  );
}

function withDefaults(build: JsonObject): JsonObject {
  if (build['dockerfile'] !== undefined || build['dockerfile_inline'] !== undefined) return build;
  const { context, ...rest } = build;
  return { context, dockerfile: 'Dockerfile', ...rest };
}
