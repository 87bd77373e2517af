/** Takes secrets out of a request's body before it is shown or recorded. */
import type { Json, JsonObject } from './request.ts';

const secret = /^(password|identitytoken|registrytoken|auth|jointoken|unlockkey|signingcakey)$/i;

/** The same body, the values of secret fields replaced by `…`. Keys stay, so that the learner sees what is sent. */
export function redacted(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      secret.test(key) && value !== undefined && value !== '' ? '…' : within(value),
    ]),
  );
}

function within(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item: Json) => within(item) ?? null);
  return value !== null && typeof value === 'object' ? redacted(value as JsonObject) : value;
}
