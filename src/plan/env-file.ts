/** `--env-file` and `--label-file`, as docker/cli's kvfile reads them. */
import { Stopped } from './effects.ts';

export interface KeyValue {
  readonly key: string;
  /** Absent where the line is only a name. */
  readonly value?: string;
}

/** Blank lines and comments are passed over; the value is taken as it stands, quotes included. */
export function readKeyValueLines(text: string, path: string): readonly KeyValue[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => keyValue(line, path));
}

function keyValue(line: string, path: string): KeyValue {
  const at = line.indexOf('=');
  const key = at === -1 ? line.trim() : line.slice(0, at);
  if (key === '') throw new Stopped(`invalid env file (${path}): no variable name on line '${line}'`);
  if (/\s/.test(key)) throw new Stopped(`invalid env file (${path}): variable '${key}' contains whitespaces`);
  return at === -1 ? { key } : { key, value: line.slice(at + 1) };
}

/** `NAME=value` lines; a name alone takes its value from the environment, and is left out where it is not set there. */
export function readEnvFile(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
  path: string,
): readonly string[] {
  return readKeyValueLines(text, path).flatMap(({ key, value }) => {
    const given = value ?? env[key];
    return given === undefined ? [] : [`${key}=${given}`];
  });
}
