/** What is secret: by its name, by its form; and text without it. Pure. The one definition for all that is shown, kept or sent on. */
import { once } from './once.ts';

/** What stands in a secret's place. */
export const inItsPlace = '…';

/** Half-open range of UTF-16 offsets. */
export interface SecretSpan {
  readonly start: number;
  readonly end: number;
}

/** A text with none of these has no secret: most have none, and need no search. */
const signs =
  'pass pwd secret token credential key auth cookie bearer basic x-registry :// swm dckr_ gho_ ghp_ ghs_ ghu_ ghr_ github_pat_ glpat-'.split(
    ' ',
  );

/**
 * Whether what is called so is a password, token or key: `DB_PASSWORD`, `JoinToken`, `--api-key`, `X-Registry-Auth`.
 * Where one lies, or what else is said of it, is none: `POSTGRES_PASSWORD_FILE`, `HTPASSWD_PATH`, `AWS_ACCESS_KEY_ID`.
 */
export function isSecretName(name: string): boolean {
  // most names are asked about and are none
  if (!mayHoldSecret(name)) return false;
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (wholeNames.has(words.join('-'))) return true;
  if (saysWhereOrWhat.has(last)) return false;
  return (
    words.some((word, i) => isSecretWord(word) || (word === 'key' && keyOf.has(words[i - 1] ?? ''))) ||
    last === 'pass' ||
    (last === 'pwd' && words.length > 1)
  );
}

/** `DB_PASSWORD2` → db, password; `JoinToken` → join, token. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/\d+$/, ''))
    .filter((word) => word !== '');
}

const wholeNames = new Set([
  'auth',
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-registry-auth',
  'x-registry-config',
]);
/** A word that is one, or ends in one: `dbpassword`. */
const secretEnds = 'password passwd passphrase secret apikey accesskey privatekey secretkey unlockkey'.split(' ');
const secretWords = new Set(
  'token accesstoken apitoken authtoken bearertoken bottoken csrftoken idtoken identitytoken jointoken refreshtoken registrytoken sessiontoken credential credentials'.split(
    ' ',
  ),
);
const isSecretWord = (word: string): boolean => secretWords.has(word) || secretEnds.some((end) => word.endsWith(end));
/** A key is secret by what it is for; `public_key` and `primary_key` are none. */
const keyOf = new Set(
  'access account api app auth client deploy encryption hmac jwt license master private secret service session signing ssh unlock'.split(
    ' ',
  ),
);
const saysWhereOrWhat = new Set(
  'add alg algorithm audience count dir directory driver enabled endpoint expiration expires expiry file files folder format helper hint host id issuer kind length lifetime limit location max method min mode name names path policy port prompt provider realm required rm server size spec stdin store timeout ttl type uri url'.split(
    ' ',
  ),
);

/** `--password`: the word after it is secret. `--secret` names one that is kept elsewhere. */
export function isSecretFlag(word: string): boolean {
  const [, name = ''] = /^--(?!secret$)([\w.-]+)$/.exec(word) ?? [];
  return isSecretName(name);
}

/** Only stands for a secret, and may be read: `$PASSWORD`, `"${TOKEN}"`, `$(cat token)`, `<password>`, `{{password}}`. */
export function isStandIn(written: string): boolean {
  return /^["']?(?:\$\w+|\$\{\w+(?::?\?[^{}]*)?\}|\$\([^()]*\)|`[^`]*`|<[^<>]*>|%\w+%|\{\{[^{}]*\}\})["']?$/.test(
    written,
  );
}

/** Says of a password whether there is one, and is none. */
const isSaid = /^(?:true|false|yes|no|none|null|undefined)$/i;

/** Whether a value under a secret name is one. */
export function isSecretValue(written: string): boolean {
  return written !== '' && !isStandIn(written) && !isSaid.test(written);
}

const quoted = String.raw`"(?:\\[\s\S]|[^"\\])*(?:"|$)|'[^']*(?:'|$)`;
const bare = String.raw`(?:\\[\s\S]|[^\s"'\\;&|<>()])+`;
const name = String.raw`(?<name>[A-Za-z_][\w.-]*)`;

interface Pattern {
  /** Without any of these, in lower case, a text has none of this form: compiling the pattern for it takes longer than looking. */
  readonly needs: readonly string[];
  /** The secret is the group `secret`; where there is a group `name`, only under a secret name. */
  readonly form: RegExp;
  readonly holds?: (secret: string) => boolean;
}

/** Forms that are secret under any name. None of all these looks further than it must: time grows as the text does. */
const patterns = once((): readonly Pattern[] => [
  // scheme://user:password@host
  { needs: ['://'], form: /:\/\/[^\s/:@"'`]*:(?<secret>[^\s/"'`]+)@/dg },
  // https://token@host: a user alone is one that opens a door
  { needs: ['://'], form: /\bhttps?:\/\/(?<secret>[^\s/:@"'`]+)@/dg },
  // a swarm's tokens and keys; access tokens of Docker, GitHub, GitLab
  {
    needs: ['swm', 'dckr_', 'gho_', 'ghp_', 'ghs_', 'ghu_', 'ghr_', 'github_pat_', 'glpat-'],
    form: /(?<secret>SWM(?:TKN|KEY)-[\w-]+|dckr_(?:pat|oat)_[\w-]+|gh[opsur]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,})/dg,
  },
  { needs: ['-----begin'], form: /-----BEGIN [A-Z ]*PRIVATE KEY-----(?<secret>[\s\S]*?)(?=-----END|$)/dg },
  // Authorization: …, and X-Registry-Auth: … as the engine's logs and curl have them
  {
    needs: ['auth', 'cookie', 'x-'],
    form: /(?<![\w-])(?:(?:proxy-)?authorization|x-registry-(?:auth|config)|(?:set-)?cookie|x-(?:api|auth|access)-(?:key|token))\\?["']?\s*[:=]\s*\\?["']?(?<secret>[^\s"'\\][^"'\\\r\n]*)/dgi,
  },
  { needs: ['bearer'], form: /\bBearer\s+(?<secret>[\w.~+/-]{8,}=*)/dg, holds: (text) => /\d/.test(text) },
  { needs: ['basic'], form: /\bBasic\s+(?<secret>[A-Za-z0-9+/]{6,}={0,2})/dg, holds: isUserAndPassword },
]);

/** `--secret=id=npm,src=.npmrc` of a build says where one is. */
const notKeptElsewhere = String.raw`(?!--secret=(?:id|type|src|source)=)`;

/** Forms that begin with a name, and hold a secret under a secret name only. */
const namedPatterns = once((): readonly Pattern[] => [
  // "DB_PASSWORD=a b", as a word in quotes
  {
    needs: ['"', "'"],
    form: new RegExp(String.raw`(?<q>["'])${notKeptElsewhere}-*${name}=(?<secret>(?:\\[\s\S]|(?!\k<q>)[^\\])+)`, 'dg'),
  },
  // DB_PASSWORD=x, --password=x, ?token=x
  {
    needs: ['='],
    form: new RegExp(String.raw`(?<![\w.-])${notKeptElsewhere}-*${name}=(?<secret>${quoted}|${bare})`, 'dg'),
  },
  // "password": "x" of JSON, password: 'x' of JavaScript
  {
    needs: ['"', "'"],
    form: new RegExp(String.raw`(?<![\w.-])${name}["']?\s*:\s*(?<q>["'])(?<secret>(?:\\[\s\S]|(?!\k<q>)[^\\])+)`, 'dg'),
  },
  { needs: ['\\"'], form: new RegExp(String.raw`(?<![\w.-])${name}\\"\s*:\s*\\"(?<secret>[^"\\]+)`, 'dg') },
  // --password x; --secret names one
  {
    needs: ['--'],
    form: new RegExp(String.raw`(?<![\w.-])--(?!secret\s)${name}\s+(?!-)(?<secret>${quoted}|${bare})`, 'dg'),
  },
  // password: x of YAML, one a line, or between braces
  {
    needs: [': '],
    form: new RegExp(String.raw`^[ \t]*(?:-[ \t]+)?["']?${name}["']?:[ \t]+(?<secret>[^\s"'|>&*{[!#][^\r\n]*)`, 'dgm'),
  },
  {
    needs: [': '],
    form: new RegExp(String.raw`[{,][ \t]*["']?${name}["']?:[ \t]+(?<secret>[^\s"',{[}][^,}\r\n]*)`, 'dg'),
  },
  // the older form of a Dockerfile
  { needs: ['env', 'arg'], form: /^[ \t]*(?:ENV|ARG)[ \t]+(?<name>\w+)[ \t]+(?<secret>\S.*)$/dgm },
]);

function isUserAndPassword(base64: string): boolean {
  try {
    return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(atob(base64));
  } catch {
    return false;
  }
}

export function mayHoldSecret(text: string): boolean {
  const lower = text.toLowerCase();
  return signs.some((sign) => lower.includes(sign));
}

/** Where secrets stand in a text of any kind, from the first to the last; none overlaps another. */
export function secretsIn(text: string): readonly SecretSpan[] {
  if (!mayHoldSecret(text)) return [];
  const lower = text.toLowerCase();
  // most names are none, and the forms that begin with one take long to compile
  const hasName = (text.match(/[A-Za-z_][\w.-]*/g) ?? []).some(isSecretName);
  const possible = [...patterns(), ...(hasName ? namedPatterns() : [])].filter(({ needs }) =>
    needs.some((part) => lower.includes(part)),
  );
  return merged(possible.flatMap((pattern) => [...found(pattern, text)]));
}

function* found({ form, holds }: Pattern, text: string): Generator<SecretSpan> {
  form.lastIndex = 0;
  for (let match = form.exec(text); match; match = form.exec(text)) {
    const { name: called, secret = '' } = match.groups ?? {};
    const [start, end] = match.indices?.groups?.['secret'] ?? [0, 0];
    const named = called === undefined || (isSecretName(called) && isSecretValue(secret));
    if (named && !isStandIn(secret) && (holds?.(secret) ?? true)) yield { start, end };
    // what looked like a name may have another in its value: --env=DB_PASSWORD=x
    else form.lastIndex = Math.max(start, match.index + 1);
  }
}

/** Spans that touch or overlap become one. */
export function merged(spans: readonly SecretSpan[]): readonly SecretSpan[] {
  const ordered: SecretSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = ordered.at(-1);
    if (last && span.start < last.end)
      ordered[ordered.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else ordered.push(span);
  }
  return ordered;
}

/** The text with `…` for each span; spans as secretsIn gives them. */
export function without(spans: readonly SecretSpan[], text: string): string {
  let shown = text;
  for (const { start, end } of [...spans].reverse()) shown = `${shown.slice(0, start)}${inItsPlace}${shown.slice(end)}`;
  return shown;
}

/** Any text, its secrets replaced by `…`; all else as it is. */
export function hideSecretsIn(text: string): string {
  return without(secretsIn(text), text);
}

/** A value that stands alone, as an entry of an environment does: `DB_PASSWORD=a b` is secret to its end. */
export function hideInValue(value: string): string {
  const [, called = '', secret = ''] = /^(-*[A-Za-z_][\w.-]*)=([\s\S]*)$/.exec(value) ?? [];
  return isSecretName(called) && isSecretValue(secret) ? `${called}=${inItsPlace}` : hideSecretsIn(value);
}
