/** A request as others may see it: shown, recorded, told. */
import { hideInValue, hideSecretsIn, inItsPlace, isSecretFlag, isSecretName, isSecretValue } from '../secret.ts';
import { endpointOf } from './endpoints/endpoint-of.ts';
import { noSecrets } from './endpoints/endpoint.ts';
import type { Json, JsonObject, Request } from './request.ts';

/** The same request, `…` in place of what is secret. Keys and names stay, so that the learner sees what is sent. */
export function withoutSecrets(request: Request): Request {
  const { query, body } = request;
  const places = endpointOf(request)?.secrets ?? noSecrets;
  return {
    ...withoutSession(request),
    path: hideSecretsIn(request.path),
    ...(query && { query: queryWithout(query, places.query) }),
    ...(body && { body: objectWithout(body, places.body) }),
  };
}

/** What is handed over beside it is nobody's to see. */
function withoutSession(request: Request): Request {
  const shown: { -readonly [K in keyof Request]: Request[K] } = { ...request };
  delete shown.session;
  return shown;
}

function queryWithout(
  query: Readonly<Record<string, string>>,
  places: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(query).map(([key, value]) => [
      key,
      value !== '' && (places.includes(key) || isSecretName(key)) ? inItsPlace : queryValue(value),
    ]),
  );
}

/** Filters, labels and build arguments are JSON. */
function queryValue(value: string): string {
  if (!/^[[{]/.test(value)) return hideInValue(value);
  try {
    const before = JSON.parse(value) as Json;
    const after = valueWithout(before, []);
    return JSON.stringify(after) === JSON.stringify(before) ? value : JSON.stringify(after);
  } catch {
    return hideSecretsIn(value);
  }
}

/** @param places paths in it that are secret whatever stands there */
function objectWithout(object: JsonObject, places: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      if (places.includes(key)) return [key, hidden(value)];
      if (isSecretName(key)) return [key, underSecretName(value)];
      const inside = places.flatMap((place) => (place.startsWith(`${key}.`) ? [place.slice(key.length + 1)] : []));
      return [key, valueWithout(value, inside)];
    }),
  );
}

function valueWithout<V extends Json | undefined>(value: V, places: readonly string[]): Json | V {
  if (typeof value === 'string') return hideInValue(value);
  if (Array.isArray(value)) return listWithout(value as readonly Json[], places);
  return value !== null && typeof value === 'object' ? objectWithout(value as JsonObject, places) : value;
}

/** `…` for all there is; nothing stays nothing. */
function hidden(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => hidden(item) ?? null);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hidden(inner)]));
  return value === undefined || value === null || value === '' ? value : inItsPlace;
}

function underSecretName(value: Json | undefined): Json | undefined {
  return typeof value === 'boolean' || (typeof value === 'string' && !isSecretValue(value)) ? value : hidden(value);
}

/** Words of a command: what follows `--password` is one. */
function listWithout(list: readonly Json[], places: readonly string[]): Json {
  return list.map((item, i) => {
    const before = list[i - 1];
    const isSecret = typeof before === 'string' && isSecretFlag(before);
    return isSecret && typeof item === 'string' && !item.startsWith('-') ? inItsPlace : valueWithout(item, places);
  });
}
