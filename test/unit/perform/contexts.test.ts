/** docker context ls in a run: the current context is that of the engine in use. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../../src/engine/engine.ts';
import { knownContexts } from '../../../src/perform/contexts.ts';

const folder = mkdtempSync(join(tmpdir(), 'docker-tutor-contexts-'));
afterAll(() => rmSync(folder, { recursive: true }));
const meta = join(folder, 'contexts/meta', createHash('sha256').update('school').digest('hex'));
mkdirSync(meta, { recursive: true });
const school = { Name: 'school', Metadata: {}, Endpoints: { docker: { Host: 'tcp://school:2376' } } };
writeFileSync(join(meta, 'meta.json'), JSON.stringify(school));
writeFileSync(join(folder, 'config.json'), JSON.stringify({ currentContext: 'school' }));

function seen(endpoint: Endpoint) {
  const found = knownContexts({ endpoint }, { DOCKER_CONFIG: folder });
  return {
    current: found.filter(({ current }) => current).map(({ name }) => name),
    hosts: Object.fromEntries(found.map(({ name, host }) => [name, host])),
  };
}

describe('contexts', () => {
  test.each<[Endpoint['from']]>([['host-option'], ['lab'], ['DOCKER_HOST']])(
    'an engine by %s is the default',
    (from) => {
      expect(seen({ address: 'unix:///run/other.sock', from })).toEqual({
        current: ['default'],
        hosts: { default: 'unix:///run/other.sock', school: 'tcp://school:2376' },
      });
    },
  );

  test.each<[Endpoint['from']]>([['context-option'], ['current-context'], ['DOCKER_CONTEXT']])(
    'an engine by %s is that context',
    (from) => {
      const { current, hosts } = seen({ address: 'tcp://school:2376', from, detail: 'school' });
      expect(current).toEqual(['school']);
      expect(hosts['default']).not.toBe('tcp://school:2376');
    },
  );
});
