/** What the docker CLI keeps in its config folder: config.json, contexts, TLS material. Reads through Files, so tests need no disk. */
import { causeFailure } from '../../cause-failure.ts';
import { sha256 } from '../../sha256.ts';
import { findJsonMistake } from './json-position.ts';

/** The little of a file system that is needed. */
export interface Files {
  /** Undefined where there is no such file; throws where it cannot be read. */
  read(path: string): string | undefined;
  /** Names of the folders in a folder; empty where there is none. */
  folders(path: string): readonly string[];
}

/** The part of config.json that is understood here; the rest is left as it is. */
export interface DockerConfig {
  readonly currentContext?: string;
  readonly auths?: Readonly<Record<string, unknown>>;
  readonly credsStore?: string;
  readonly credHelpers?: Readonly<Record<string, string>>;
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
  const config: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
  if (!isObject(config)) throw causeFailure('E-CONFIG-INVALID', { args: { file, wrong: 'it holds no object' } });
  const { currentContext } = config;
  if (currentContext !== undefined && typeof currentContext !== 'string') {
    throw causeFailure('E-CONFIG-INVALID', { args: { file, wrong: 'currentContext is not a name' } });
  }
  return config;
}

function readText(file: string, files: Files): string | undefined {
  try {
    return files.read(file);
  } catch (cause) {
    const wrong = cause instanceof Error ? cause.message : String(cause);
    throw causeFailure('E-CONFIG-INVALID', { args: { file, wrong }, evidence: [wrong], cause });
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
  const docker = at(at(JSON.parse(text.replace(/^\ufeff/, '')), 'Endpoints'), 'docker');
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
