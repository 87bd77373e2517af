/**
 * The project for `config --no-interpolate`: what Compose reads before it gives values their types, so most of it is
 * as the files write it, sorted (compose, config.go: runConfigNoInterpolate; compose-go, transform/canonical.go).
 */
import type { JsonObject } from '../../api/request.ts';
import { configThings, deeplySorted } from '../file/print-config.ts';
import type { Project, Service } from '../file/project.ts';
import { writeYaml } from '../file/yaml.ts';

/** Short forms of these are written out, and their defaults and paths filled in, before variables are. */
const writtenOut: ReadonlySet<string> = new Set([
  ...['build', 'configs', 'depends_on', 'develop', 'devices', 'dns', 'dns_search', 'env_file', 'label_file', 'models'],
  ...['networks', 'ports', 'provider', 'pull_policy', 'secrets', 'volumes'],
]);

export function writtenText(project: Project, format: 'yaml' | 'json', services: readonly string[]): string {
  const shown = services.map((name) => [
    name,
    writtenService(project.services[name] ?? project.disabled[name] ?? {}, project.written?.[name] ?? {}),
  ]);
  const { name } = project;
  const whole = deeplySorted({
    ...(name !== '' && { name }),
    services: Object.fromEntries(shown) as JsonObject,
    ...configThings(project),
    ...project.extensions,
  });
  return format === 'json' ? JSON.stringify(whole, undefined, 2) : writeYaml(whole);
}

function writtenService(service: Service, written: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(service).map(([key, value]) => [
      key,
      key !== 'image' && !writtenOut.has(key) && written[key] !== undefined ? written[key] : (value ?? null),
    ]),
  );
}
