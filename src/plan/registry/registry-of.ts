/** The registry in an image's name: the part before the first slash, where it can be a host; else Docker Hub. */
export function registryOf(name: string): string {
  const [first = '', rest] = name.split('/', 2);
  return rest !== undefined && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io';
}
