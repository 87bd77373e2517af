/** Versions of the Engine API: `1.9` is before `1.41`. */
export function isBefore(wanted: string, { apiVersion }: { readonly apiVersion: string }): boolean {
  const [major = 0, minor = 0] = apiVersion.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}
