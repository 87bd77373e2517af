/** What a request reaches for beyond itself, and how a body is read for it: every key has a rule, an unknown one is refused. */
import { Failure } from '../../failure.ts';
import type { NamedKind, Right } from '../../permission-name.ts';
import type { Json, JsonObject } from '../request.ts';

/** Things on the engine that somebody has made. */
export type Thing = Extract<NamedKind, 'container' | 'volume' | 'network' | 'image' | 'service' | 'secret' | 'config'>;

export type Reference = {
  /** Completes “It …”: `uses the volume data`. */
  readonly how: string;
} & (
  | { readonly of: Exclude<NamedKind, 'registry'>; readonly name: string }
  /** `image`: what is asked of it concerns only this image. */
  | { readonly of: 'registry'; readonly name: string; readonly image?: string }
  /** A path of the engine's machine, as it is written. */
  | { readonly of: 'host-path'; readonly name: string }
  | { readonly of: 'right'; readonly name: Right }
);

/** What a value reaches for. Never asked of what is not given. */
export type Rule = (value: Json) => readonly Reference[];
export type Rules = Readonly<Record<string, Rule>>;

/** Limits and texts that concern the thing alone that is made. */
export const harmless: Rule = () => [];

/** @param of what has these keys, for whoever is refused @throws Failure for a key that has no rule */
export function referencesIn(value: Json | undefined, rules: Rules, of: string): readonly Reference[] {
  return entriesOf(value).flatMap(([key, inner]) => {
    if (!Object.hasOwn(rules, key)) throw unknownPart(`${of}.${key}`);
    return isGiven(inner) ? (rules[key]?.(inner) ?? []) : [];
  });
}

/** The same rules for an object below the first. */
export function within(rules: Rules, of: string): Rule {
  return (value) => referencesIn(value, rules, of);
}

/** For each of a list. */
export function each(rule: Rule): Rule {
  return (value) => listIn(value).flatMap((one) => (isGiven(one) ? rule(one) : []));
}

/** For a name, where there is one. */
export function named(rule: (name: string) => readonly Reference[]): Rule {
  return (value) => {
    if (typeof value !== 'string') throw unknownPart(JSON.stringify(value));
    return value === '' ? [] : rule(value);
  };
}

/** Those of the values that are none of the engine's own. */
export function unless(own: readonly string[], rule: (name: string) => readonly Reference[]): Rule {
  return named((name) => (own.includes(name) ? [] : rule(name)));
}

/** Where it is switched on. */
export function whenOn(reference: Reference): Rule {
  return (value) => (value === false || value === 0 || value === '' ? [] : [reference]);
}

/** Where there is any of it. */
export function whenAny(reference: Reference): Rule {
  return (value) => (typeof value === 'object' && Object.keys(value ?? {}).length === 0 ? [] : [reference]);
}

/** A body or a value that may reach for what nobody knows: it is not sent. */
export function unknownPart(part: string): Failure {
  return new Failure(`docker-tutor does not send ${part}: it would not know what that reaches for.`, {
    code: 'E-NOT-YOURS-TO-CHANGE',
    exitCode: 4,
    hints: ['docker-tutor explain tells what the command does.'],
  });
}

export function privileged(how: string): Reference {
  return { of: 'right', name: 'privileged', how };
}

export function hostNetwork(how: string): Reference {
  return { of: 'right', name: 'host-network', how };
}

export function isGiven(value: Json | undefined): value is Exclude<Json, null> {
  return value !== undefined && value !== null;
}

export function listIn(value: Json | undefined): readonly Json[] {
  if (!isGiven(value)) return [];
  if (!Array.isArray(value)) throw unknownPart(JSON.stringify(value));
  return value as readonly Json[];
}

export function entriesOf(value: Json | undefined): readonly (readonly [string, Json | undefined])[] {
  if (!isGiven(value)) return [];
  if (typeof value !== 'object' || Array.isArray(value)) throw unknownPart(JSON.stringify(value));
  return Object.entries(value as JsonObject);
}

export function textIn(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
