/** `registry`: a registry has a repository, and a tag in it. */
import { pathIn } from '../../image-name.ts';
import type { RegistryFields } from '../../scenario/expectation.ts';
import type { Silence } from '../../web/fetch-page.ts';
import { listWords } from '../facets/lists.ts';
import type { KindOfCheck, Look, LookContext } from '../look.ts';
import { propertyOf } from '../property.ts';
import { mayAsk } from '../../web/may-ask.ts';
import { askRegistry, registryAskers, registryBase } from '../../web/registry-api.ts';
import type { RegistryAnswer } from '../../web/registry-api.ts';

export const registry: KindOfCheck<RegistryFields> = {
  judges: 'engine',
  acts: false,
  names: () => [],
  asks: ({ at }) => [{ field: 'at', place: { registry: at } }],
  claim: (fields) =>
    `${fields.at} ${fields.exists === false ? 'has no' : 'has'} ${wanted(fields)}${fields.printed ? ', with the digest that was printed' : ''}`,
  expected: (fields) =>
    fields.exists === false ? `no ${wanted(fields)}` : `${wanted(fields)}${fields.printed ? ', digest printed' : ''}`,
  property: (fields) => propertyOf(fields, ['at', 'repository']),
  async look(fields, context) {
    if (fields.printed && !context.outcome)
      return { holds: false, undecided: true, final: true, observed: 'nothing was run in this step' };
    const base = registryBase(fields.at, context.portsHost);
    const askers = registryAskers(fields.at, base, { ...context, mayAsk: mayAsk(context) });
    const place = { base, login: await context.login?.(fields.at), ...askers };
    const repository = pathIn(fields.at, fields.repository);
    if (fields.tag !== undefined) {
      const manifest = await askRegistry(place, `${repository}/manifests/${fields.tag}`, 'HEAD');
      if ('silent' in manifest) return silent(manifest, fields);
      if (manifest.status === 200)
        return fields.printed ? lookOfDigest(manifest, context) : found(fields, `tag ${fields.tag}`);
      if (manifest.status !== 404) return unclear(manifest.status, fields);
    }
    const tags = await askRegistry(place, `${repository}/tags/list`);
    return 'silent' in tags ? silent(tags, fields) : lookOfTags(tags, fields);
  },
};

function lookOfDigest({ digest }: RegistryAnswer, { outcome }: LookContext): Look {
  if (digest === undefined) return { holds: false, undecided: true, observed: 'the registry names no digest' };
  if (outcome && (outcome.stdout + outcome.stderr).includes(digest)) return { holds: true, observed: digest };
  return { holds: false, observed: `${digest}, which the command did not print` };
}

function lookOfTags({ status, body }: RegistryAnswer, fields: RegistryFields): Look {
  if (status === 404) return missing(fields, `no repository ${fields.repository}`);
  if (status !== 200) return unclear(status, fields);
  // a repository whose tags are all gone is still listed by some registries, with null
  const { tags } = body as { readonly tags?: readonly string[] | null };
  const seen = `tags: ${listWords(tags ?? [])}`;
  return fields.tag === undefined && (tags ?? []).length > 0 ? found(fields, seen) : missing(fields, seen);
}

function found({ exists }: RegistryFields, observed: string): Look {
  return { holds: exists !== false, observed };
}

function missing({ exists }: RegistryFields, observed: string): Look {
  return { holds: exists === false, observed };
}

function unclear(status: number, { at }: RegistryFields): Look {
  const observed =
    status === 401 || status === 403 ? `${at} wants a login` : `${at} answers with HTTP status ${status}`;
  return { holds: false, undecided: true, observed };
}

function silent({ silent: why }: Silence, { at }: RegistryFields): Look {
  return { holds: false, undecided: true, observed: `${at}: ${why}` };
}

function wanted({ repository, tag }: RegistryFields): string {
  return tag === undefined ? repository : `${repository}:${tag}`;
}
