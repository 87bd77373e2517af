/** What the docker CLI keeps in its config folder: config.json, contexts, TLS material. Reads through Files, so tests need no disk. */
import { causeFailure } from '../../cause-failure.ts';
import { Failure } from '../../failure.ts';
import { sha256 } from '../../sha256.ts';
import { codeOf } from '../connect/error-code.ts';
import { findJsonMistake } from './json-position.ts';

/** The little of a file system that is needed. */
export interface Files {
  /** Undefined where there is no such file; throws where it cannot be read. */
  read(path: string): string | undefined;
  /** Names of the folders in a folder; empty where there is none. */
  folders(path: string): readonly string[];
}

/** The part of config.json that is understood here; the rest is left as it is. Null counts as absent, as it does in Go. */
export interface DockerConfig {
  readonly currentContext?: string | null;
  readonly auths?: Readonly<Record<string, Auth | null>> | null;
  readonly credsStore?: string | null;
  readonly credHelpers?: Readonly<Record<string, string | null>> | null;
  readonly [key: string]: unknown;
}

/** A login as it lies in the file. */
export interface Auth {
  /** base64 of `name:password` */
  readonly auth?: string | null;
  readonly identitytoken?: string | null;
}

/** @throws Failure E-CONFIG-INVALID with line and column. An absent or empty file is an empty config. */
export function readDockerConfig(folder: string, files: Files): DockerConfig {
  const file = `${folder}/config.json`;
  const text = readText(file, files);
  if (text === undefined || text.trim() === '') return {};
  const mistake = findJsonMistake(text);
  if (mistake) {
    const where = `line ${String(mistake.line)}, column ${String(mistake.column)}`;
    throw causeFailure('E-CONFIG-INVALID', {
      args: { file, where, wrong: `${mistake.wrong} at ${where}` },
      evidence: [`${file}:${String(mistake.line)}:${String(mistake.column)}: ${mistake.wrong}`],
    });
  }
  const config: unknown = JSON.parse(text);
  const wrong = wrongIn(config);
  if (wrong !== undefined) throw causeFailure('E-CONFIG-INVALID', { args: { file, wrong } });
  return config as DockerConfig;
}

/** What of a value is not as the docker CLI writes it. */
function wrongIn(config: unknown): string | undefined {
  if (!isObject(config)) return 'it holds no object';
  const { currentContext, credsStore, credHelpers, auths } = config;
  if (!isTextOrAbsent(currentContext)) return 'currentContext is not a name';
  if (!isTextOrAbsent(credsStore)) return 'credsStore is not a name';
  if (!isTable(credHelpers, isTextOrAbsent)) return 'credHelpers does not give each registry the name of a program';
  if (!isTable(auths, isAuth)) return 'auths does not give each registry a login';
  return undefined;
}

/** A config that cannot be read is an empty one for whoever can do without: docker warns, and goes on. */
export function readableConfig(folder: string, files: Files): DockerConfig {
  try {
    return readDockerConfig(folder, files);
  } catch (error) {
    if (error instanceof Failure && error.code === 'E-CONFIG-INVALID') return {};
    throw error;
  }
}

/** What every request to an engine carries; undefined where nothing is said. @throws Failure E-CONFIG-INVALID */
export function httpHeaders(folder: string, files: Files): Readonly<Record<string, string>> | undefined {
  const { HttpHeaders: headers } = readableConfig(folder, files);
  if (headers === undefined || headers === null) return undefined;
  if (isObject(headers) && Object.entries(headers).every(isHeader)) return headers as Record<string, string>;
  const wrong = 'HttpHeaders does not give each header a value that can be sent';
  throw causeFailure('E-CONFIG-INVALID', { args: { file: `${folder}/config.json`, wrong } });
}

function isHeader([name, value]: readonly [string, unknown]): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && typeof value === 'string' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

function isAuth(value: unknown): boolean {
  return value === null || (isObject(value) && isTextOrAbsent(value['auth']) && isTextOrAbsent(value['identitytoken']));
}

function isTable(value: unknown, isValue: (value: unknown) => boolean): boolean {
  return value === undefined || value === null || (isObject(value) && Object.values(value).every(isValue));
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}

function readText(file: string, files: Files): string | undefined {
  try {
    return files.read(file);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    const isClosed = ['EACCES', 'EPERM'].includes(codeOf(cause) ?? '');
    const args = isClosed ? { file, wrong: 'it is closed to you', why: 'closed' } : { file, wrong: words };
    throw causeFailure('E-CONFIG-INVALID', { args, evidence: [words], cause });
  }
}

/** A context's docker endpoint as its meta.json has it. */
export interface DockerContext {
  readonly name: string;
  readonly host: string;
  readonly skipTlsVerify: boolean;
  /** Folder with ca.pem, cert.pem, key.pem; it may not exist. */
  readonly tlsFolder: string;
}

/** The name of a context's folders. */
export function contextId(name: string): string {
  return sha256(name);
}

/**
 * @returns undefined where there is no context of that name.
 * @throws Failure E-CONTEXT-BROKEN where its file cannot be understood.
 */
export function readContext(folder: string, name: string, files: Files): DockerContext | undefined {
  const id = contextId(name);
  const file = `${folder}/contexts/meta/${id}/meta.json`;
  const broken = (wrong: string, cause?: unknown): Error =>
    causeFailure('E-CONTEXT-BROKEN', {
      args: { context: name, file, wrong },
      evidence: [`${file}: ${wrong}`],
      ...(cause !== undefined && { cause }),
    });
  let text: string | undefined;
  try {
    text = files.read(file);
  } catch (cause) {
    throw broken(cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (text === undefined) return undefined;
  const mistake = findJsonMistake(text);
  if (mistake) throw broken(`${mistake.wrong} at line ${String(mistake.line)}, column ${String(mistake.column)}`);
  const docker = at(at(JSON.parse(text), 'Endpoints'), 'docker');
  if (!isObject(docker)) throw broken('it has no docker endpoint');
  if (docker['Host'] !== undefined && typeof docker['Host'] !== 'string') throw broken('its Host is not text');
  return {
    name,
    host: docker['Host'] ?? '',
    skipTlsVerify: docker['SkipTLSVerify'] === true,
    tlsFolder: `${folder}/contexts/tls/${id}/docker`,
  };
}

/** Names of the contexts there are, `default` first; those that cannot be read are left out. */
export function contextNames(folder: string, files: Files): readonly string[] {
  const names = files.folders(`${folder}/contexts/meta`).flatMap((id) => {
    try {
      const name = at(JSON.parse(files.read(`${folder}/contexts/meta/${id}/meta.json`) ?? 'null'), 'Name');
      return typeof name === 'string' ? [name] : [];
    } catch {
      // a broken neighbour has no name to offer
      return [];
    }
  });
  return ['default', ...names.sort()];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}
