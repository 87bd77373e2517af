/** Events lose their secrets where they are told, but for what is written for everybody and what a container prints. */
import { describe, expect, test } from 'vitest';
import type { ScenarioHappening } from '../../../src/events/events.ts';
import { withoutSecrets } from '../../../src/events/without-secrets.ts';

const secret = 'DB_PASSWORD=hunter2';

describe('an event', () => {
  test.each<ScenarioHappening>([
    { type: 'command-started', step: 's', command: `docker run -e ${secret} busybox`, means: '' },
    { type: 'file-written', step: 's', path: '.env', how: 'whole', removed: [secret], added: ['A=1', secret] },
    { type: 'file-written', step: 's', path: 'c.yaml', how: 'whole', removed: [], added: ['  DB_PASSWORD: hunter2'] },
    {
      type: 'file-written',
      step: 's',
      path: 'c.yaml',
      how: 'whole',
      removed: [],
      added: ['{DB_PASSWORD: hunter2, A: 1}'],
    },
    {
      type: 'file-written',
      step: 's',
      path: 'key.pem',
      how: 'whole',
      removed: [],
      added: ['-----BEGIN PRIVATE KEY-----', 'hunter2', '-----END PRIVATE KEY-----'],
    },
    {
      type: 'problem',
      step: 's',
      code: 'bug',
      message: 'http://me:hunter2@host/',
      hints: [secret],
      evidence: [secret],
    },
    {
      type: 'check',
      step: 's',
      kind: 'container',
      property: 'env',
      claim: `it has ${secret}`,
      status: 'failed',
      expected: secret,
      observed: `${secret}, A=1`,
      ms: 1,
      tries: 1,
    },
    { type: 'turn-failed', step: 's', turn: 1, feedback: [{ about: 'command', text: `-e sets ${secret}` }] },
    { type: 'kept', step: 's', kind: 'login', name: 'https://me:hunter2@host', why: 'yours' },
  ])('$type has none', (happening) => {
    const told = JSON.stringify(withoutSecrets(happening));
    expect(told).toContain('…');
    expect(told).not.toContain('hunter2');
  });

  test.each<ScenarioHappening>([
    { type: 'output', step: 's', stream: 'stdout', text: secret },
    {
      type: 'turn-failed',
      step: 's',
      turn: 1,
      feedback: [{ about: 'mistake', text: `Write \`-e ${secret}\` first.` }],
    },
    {
      type: 'step-started',
      step: 's',
      index: 1,
      of: 1,
      title: 't',
      text: `Write \`-e ${secret}\`.`,
      action: 'do',
      checks: 1,
    },
  ])('$type is as it was written', (happening) => {
    expect(withoutSecrets(happening)).toStrictEqual(happening);
  });
});
