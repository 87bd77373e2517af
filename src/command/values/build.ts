/** What a build is handed beside its files: secrets, ssh agents, and where its result goes. */
import { ValueError, type Kind } from '../kinds.ts';
import { readImageName } from '../../image-name.ts';
import { readCsv } from './basic.ts';

export interface BuildSecretValue {
  readonly id: string;
  readonly source?: string;
  /** The variable that holds it. */
  readonly env?: string;
  readonly type?: 'file' | 'env';
}

/** `id=mytoken,src=token.txt`, `id=mytoken,env=TOKEN`, `id=TOKEN` (buildx, util/buildflags/secrets.go). */
export const buildSecret: Kind<BuildSecretValue, 'many'> = {
  id: 'string',
  arity: 'many',
  parse(raw) {
    const { id = '', type, source, src = source, env, ...others } = fieldsOf(raw);
    const [unknown] = Object.keys(others);
    if (unknown !== undefined)
      throw new ValueError(`unexpected key '${unknown}' in '${raw}'`, 'write it like id=token,src=token.txt');
    if (type !== undefined && type !== 'file' && type !== 'env')
      throw new ValueError(`unsupported secret type "${type}"`, 'write file or env');
    if (id === '') throw new ValueError('a secret needs an id', 'write it like id=token,src=token.txt');
    const asEnv = type === 'env' && env === undefined;
    const [file, variable] = asEnv ? [undefined, src] : [src, env];
    return {
      id,
      ...(file !== undefined && { source: file }),
      ...(variable !== undefined && { env: variable }),
      ...(type !== undefined && { type }),
    };
  },
};

export interface SshValue {
  readonly id: string;
  /** Of the agent's socket, or of keys; none: the learner's agent. */
  readonly paths: readonly string[];
}

/** `default`, `default=$SSH_AUTH_SOCK`, `github=agent.sock`. */
export const buildSsh: Kind<SshValue, 'many'> = {
  id: 'string',
  arity: 'many',
  parse(raw) {
    const at = raw.indexOf('=');
    return at < 0
      ? { id: raw, paths: [] }
      : {
          id: raw.slice(0, at),
          paths: raw
            .slice(at + 1)
            .split(',')
            .filter(Boolean),
        };
  },
};

export type BuildOutput =
  | { readonly type: 'local' | 'tar'; /** `-` is stdout. */ readonly dest: string }
  /** The engine's own images, as without the flag; pushed from there to their registry, if asked. */
  | { readonly type: 'image'; readonly push: boolean };

/** `type=local,dest=out`, `out`, `-` for a tar on stdout (buildx, util/buildflags/export.go). */
export const buildOutput: Kind<BuildOutput, 'many'> = {
  id: 'string',
  arity: 'many',
  parse(raw) {
    if (!raw.includes('=') && !raw.includes(','))
      return raw === '-' ? { type: 'tar', dest: '-' } : { type: 'local', dest: raw };
    const { type = '', dest = '', push, ...others } = fieldsOf(raw);
    const [unknown] = [...Object.keys(others), ...(push === undefined || isOwnImage(type) ? [] : ['push'])];
    if (unknown !== undefined)
      throw new ValueError(
        `docker-tutor does not know ${unknown} of --output`,
        'write type=local,dest=FOLDER or type=tar,dest=FILE',
      );
    if (isOwnImage(type) && dest === '') return { type: 'image', push: type === 'registry' || push === 'true' };
    if (type !== 'local' && type !== 'tar')
      throw new ValueError(
        `the engine's own BuildKit writes no output of the type "${type}"`,
        'write type=local,dest=FOLDER or type=tar,dest=FILE',
      );
    if (dest === '' && type === 'local')
      throw new ValueError('dest is required for local output', 'name a folder: type=local,dest=out');
    return { type, dest: dest === '' ? '-' : dest };
  },
};

function isOwnImage(type: string): boolean {
  return type === 'image' || type === 'docker' || type === 'registry';
}

/** A record that a build attaches to its image, with the settings of it: `true`, `mode=max`; `false` for none. */
export const attestation: Kind<string | false, 'one'> = {
  id: 'string',
  arity: 'one',
  parse(raw) {
    if (/^(?:true|t|1)?$/i.test(raw)) return '';
    if (/^(?:false|f|0)$/i.test(raw)) return false;
    if (!raw.includes('=')) throw new ValueError(`invalid value ${raw}`, 'write true, false or mode=max');
    return /(?:^|,)disabled=(?:true|t|1)(?:,|$)/i.test(raw) ? false : raw;
  },
};

export interface Attestation {
  readonly type: 'provenance' | 'sbom';
  readonly settings: string | false;
}

/** `type=provenance,mode=max`, `type=sbom` (buildx, util/buildflags/attests.go). */
export const attestations: Kind<Attestation, 'many'> = {
  id: 'string',
  arity: 'many',
  parse(raw) {
    const { type, disabled = 'false', ...others } = fieldsOf(raw);
    if (type === undefined)
      throw new ValueError(
        'attestation type not specified',
        'write type=provenance or type=sbom',
        'attestation type not specified',
      );
    if (type !== 'provenance' && type !== 'sbom')
      throw new ValueError(`there is no attestation of the type "${type}"`, 'write type=provenance or type=sbom');
    const settings = Object.entries(others).map(([key, value]) => `${key}=${value ?? ''}`);
    return { type, settings: /^(?:true|t|1)$/i.test(disabled) ? false : settings.join(',') };
  },
};

/** A place for the layers of a build: in the image itself, or at a registry. */
export type CacheValue =
  | { readonly type: 'inline' }
  | { readonly type: 'registry'; readonly attrs: Readonly<Record<string, string>> & { readonly ref: string } };

/** `inline`, `type=registry,ref=host:5000/cache,mode=max` (buildx, util/buildflags/cache.go). */
export const cacheTo: Kind<CacheValue, 'many'> = {
  id: 'string',
  arity: 'many',
  parse: (raw) => (raw === 'inline' ? { type: 'inline' } : cacheIn(raw, 'stored')),
};

/** An image, or `type=registry,ref=image`. */
export const cacheFrom: Kind<CacheValue, 'many'> = {
  id: 'string',
  arity: 'many',
  parse: (raw) => cacheIn(raw, 'read'),
};

function cacheIn(raw: string, done: 'stored' | 'read'): CacheValue {
  if (!raw.includes('=') && !raw.includes(',')) return { type: 'registry', attrs: { ref: raw } };
  const { type, ref, ...others } = fieldsOf(raw);
  if (type === 'inline' && done === 'stored') return { type };
  if (type === undefined || type === '')
    throw new ValueError(
      `type required form> "${raw}"`,
      'write type=registry,ref=NAME',
      `type required form> ${JSON.stringify(raw)}`,
    );
  if (type !== 'registry')
    throw new ValueError(
      `docker-tutor does not have the cache ${done} as "${type}"`,
      done === 'stored' ? 'write type=inline or type=registry,ref=NAME' : 'write type=registry,ref=NAME',
    );
  if (ref === undefined || ref === '')
    throw new ValueError('a cache at a registry needs a ref', 'write type=registry,ref=NAME');
  const given = Object.entries(others).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { type, attrs: { ...Object.fromEntries(given), ref } };
}

export interface BuildContextValue {
  readonly name: string;
  /** A folder, `docker-image://IMAGE`, or an address that the engine fetches from. */
  readonly from: string;
}

/** `base=docker-image://alpine:3.20`, `shared=../shared` (buildx, commands/build.go). */
export const buildContext: Kind<BuildContextValue, 'many'> = {
  id: 'string',
  arity: 'many',
  parse(raw) {
    const at = raw.indexOf('=');
    if (at < 0)
      throw new ValueError(`invalid context value: ${raw}, expected key=value`, 'write it like shared=../shared');
    const [written, from] = [raw.slice(0, at), raw.slice(at + 1)];
    const name = readImageName(written);
    if ('fault' in name)
      throw new ValueError(`invalid context name ${written}`, 'a name like that of an image, or of a stage');
    const scheme = /^(oci-layout|target):/.exec(from)?.[1];
    if (scheme !== undefined)
      throw new ValueError(
        `docker-tutor hands over no context of the kind ${scheme}`,
        'write a folder, docker-image://IMAGE or a URL',
      );
    return { name: name.familiar.replace(/:latest$/, ''), from };
  },
};

/** What is asked of the Dockerfile in place of a build. */
export type BuildCall = 'build' | 'check' | 'outline' | 'targets';

/** `check`, also as `lint`; `outline`; `targets` (buildx, controller/pb: PrintFunc). */
export const buildCall: Kind<BuildCall, 'one'> = {
  id: 'string',
  arity: 'one',
  parse(raw) {
    const call = raw === 'lint' ? 'check' : raw;
    if (call === 'build' || call === 'check' || call === 'outline' || call === 'targets') return call;
    throw new ValueError(`docker-tutor does not know --call ${raw}`, 'write check, outline or targets');
  },
};

/** `a=b,c=d`; a word without a value is a key of its own. */
function fieldsOf(raw: string): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    readCsv(raw).map((field): [string, string] => {
      const at = field.indexOf('=');
      if (at < 0)
        throw new ValueError(
          `invalid field '${field}' must be a key=value pair`,
          'write it like id=token,src=token.txt',
        );
      return [field.slice(0, at).toLowerCase().trim(), field.slice(at + 1)];
    }),
  );
}
