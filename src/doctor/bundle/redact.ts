/** Evidence that may be sent to somebody: without secrets, without the learner’s name, on request without names of machines. Pure. */
import { hideInValue, hideSecretsIn, inItsPlace, isSecretName } from '../../secret.ts';

export interface Hidden {
  readonly user: string;
  readonly home: string;
  /** Names of machines that are to be hidden too. */
  readonly hosts: readonly string[];
}

export interface Redactor {
  text(text: string): string;
  /** A value of JSON: what stands under a secret name is hidden whatever it is. */
  json(value: unknown): unknown;
}

export function redactor({ user, home, hosts }: Hidden): Redactor {
  const names = [...new Set(hosts)].filter((name) => name.length > 1 && name !== 'localhost');
  const text = (written: string): string => {
    let shown = hideSecretsIn(written);
    if (home.length > 1) shown = shown.replaceAll(home, '~');
    shown = shown
      .replace(/(?<=(?:^|[^\w])(?:\/home|\/Users|\/run\/user|[A-Za-z]:\\+Users)[/\\]+)[^/\\\s"':,]+/g, 'USER')
      // of any address: ssh://ada@host, http://ada:…@proxy
      .replace(/(?<=\b[a-z][a-z0-9+.-]*:\/\/)[^@:/\s"]+(?=(?::[^@/\s"]*)?@)/gi, 'USER');
    // root is nobody's name
    if (user.length > 1 && user !== 'root') shown = shown.replace(word(user), 'USER');
    for (const name of names) shown = shown.replace(word(name), 'HOST');
    return shown;
  };
  const json = (value: unknown): unknown => {
    if (typeof value === 'string') return text(hideInValue(value));
    if (Array.isArray(value)) return value.map(json);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [text(key), under(key, inner)]));
  };
  const under = (key: string, inner: unknown): unknown => {
    // which registries there are logins for, and which headers are sent, is no secret
    if (key === 'auths' || key === 'HttpHeaders') return emptied(inner, text);
    if (isSecretName(key) && inner !== null && inner !== '' && typeof inner !== 'boolean') return inItsPlace;
    return json(inner);
  };
  return { text, json };
}

function emptied(table: unknown, text: (written: string) => string): unknown {
  if (table === null || typeof table !== 'object') return inItsPlace;
  return Object.fromEntries(Object.keys(table).map((name) => [text(name), inItsPlace]));
}

/** Where it stands alone; case does not count in names of machines. */
function word(name: string): RegExp {
  return new RegExp(`(?<![\\w-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`, 'gi');
}
