/** What a build is handed beside its files: secrets, ssh agents, and where its result goes. */
import { ValueError, type Kind } from '../kinds.ts';
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
  /** The engine's own images, as without the flag. */
  | { readonly type: 'docker' | 'image' };

/** `type=local,dest=out`, `out`, `-` for a tar on stdout (buildx, util/buildflags/export.go). */
export const buildOutput: Kind<BuildOutput, 'many'> = {
  id: 'string',
  arity: 'many',
  parse(raw) {
    if (!raw.includes('=') && !raw.includes(','))
      return raw === '-' ? { type: 'tar', dest: '-' } : { type: 'local', dest: raw };
    const { type = '', dest = '', ...others } = fieldsOf(raw);
    const [unknown] = Object.keys(others);
    if (unknown !== undefined)
      throw new ValueError(
        `docker-tutor does not know ${unknown} of --output`,
        'write type=local,dest=FOLDER or type=tar,dest=FILE',
      );
    if ((type === 'docker' || type === 'image') && dest === '') return { type };
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

/** The engine's own BuildKit keeps no cache elsewhere than in the image. */
export const cacheTo: Kind<'inline', 'many'> = {
  id: 'string',
  arity: 'many',
  parse(raw) {
    if (raw === 'inline' || raw === 'type=inline') return 'inline';
    throw new ValueError(`the engine's own BuildKit cannot store its cache as ${raw}`, 'write type=inline');
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
