/** Image references, as the engine resolves them. Pure. Grammar: the `reference` package of the distribution project. */

export interface Reference {
  /** `docker.io/library/busybox`: registry and path, the defaults written out. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:…` */
  readonly digest?: string;
}

/** Reads `busybox`, `host:5000/a/b:tag`, `a@sha256:…`. The tag is `latest` where neither tag nor digest is given. */
export function parseReference(text: string): Reference {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  // a colon before the last slash belongs to the registry's port
  const hasTag = colon > named.lastIndexOf('/');
  const tag = hasTag ? named.slice(colon + 1) : digest === undefined ? 'latest' : undefined;
  return {
    repository: fullRepository(hasTag ? named.slice(0, colon) : named),
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}

/** The one spelling under which journals and comparisons know an image: the digest counts, where there is one. */
export function canonical(text: string): string {
  const { repository, tag, digest } = parseReference(text);
  return digest === undefined ? `${repository}:${tag}` : `${repository}@${digest}`;
}

/** As people write it: `docker.io/library/busybox:latest` → `busybox:latest`. */
export function familiar(reference: string): string {
  return reference.replace(/^docker\.io\/library\//, '').replace(/^docker\.io\//, '');
}

/** `docker.io/library/busybox`, of a canonical name. */
export function repositoryOf(ref: string): string {
  return ref.replace(/(@sha256:[0-9a-f]+|:[^:/]*)$/, '');
}

/** Whether the text can only be an image id: hexadecimal, 12 digits or more, perhaps after `sha256:`. */
export function isImageId(text: string): boolean {
  return /^(sha256:[0-9a-f]+|[0-9a-f]{12,64})$/.test(text);
}

function fullRepository(name: string): string {
  const slash = name.indexOf('/');
  const first = name.slice(0, slash);
  const hasRegistry = slash > 0 && (first.includes('.') || first.includes(':') || first === 'localhost');
  if (!hasRegistry) return slash > 0 ? `docker.io/${name}` : `docker.io/library/${name}`;
  const registry = first === 'index.docker.io' ? 'docker.io' : first;
  const path = name.slice(slash + 1);
  return registry === 'docker.io' && !path.includes('/') ? `docker.io/library/${path}` : `${registry}/${path}`;
}

/** The registry in an image's name: the part before the first slash, where it can be a host; else Docker Hub. */
export function registryOf(name: string): string {
  const [first = '', rest] = name.split('/', 2);
  return rest !== undefined && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io';
}
