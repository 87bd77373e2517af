import { expect, test } from 'vitest';
import type { Change } from '../../../../src/events/events.ts';
import { thingsSoFar } from '../../../../src/report/pretty/things-drawn.ts';
import { noPaint, signsFor } from '../../../../src/terminal/paint.ts';

const style = { columns: 80, unicode: true, paint: noPaint, signs: signsFor(true) };
const thing = (kind: Change['kind'], name: string, facts: Change['facts'] = {}): Change => ({
  change: 'added',
  kind,
  id: `id of ${name}`,
  name,
  facts,
});
const running = (name: string, networks: string): Change => thing('container', name, { state: 'running', networks });

test('networks with who is on them, once they have changed', () => {
  const so = thingsSoFar();
  so.take([running('outsider', 'bridge')]);
  expect(so.lines(style)).toEqual([]);
  so.take([thing('network', 'youtube', { subnet: '172.18.0.0/16' })]);
  expect(so.lines(style)).toEqual([
    '   network youtube, 172.18.0.0/16',
    '    └─ no container is on it',
    '   network bridge',
    '    └─ outsider',
  ]);
  so.take([running('server', 'youtube'), running('client', 'youtube')]);
  expect(so.lines(style).slice(0, 3)).toEqual(['   network youtube, 172.18.0.0/16', '    ├─ server', '    └─ client']);
  expect(so.lines(style)).toEqual([]);
  so.take([{ ...thing('container', 'client', { state: 'exited', networks: 'youtube' }), change: 'changed' }]);
  expect(so.lines(style)[1]).toBe('    └─ server');
});

test('volumes with who holds them, in ASCII where the terminal knows no other', () => {
  const so = thingsSoFar();
  so.take([
    thing('volume', 'notes'),
    thing('container', 'writer', { state: 'exited', volumes: 'notes:/data other:/x' }),
  ]);
  expect(so.lines({ ...style, unicode: false })).toEqual(['   volume notes', '    `- /data of writer']);
  so.take([{ ...thing('container', 'writer'), change: 'removed' }]);
  expect(so.lines(style)).toEqual(['   volume notes', '    └─ no container holds it']);
});

test('what is larger than a picture can be is not drawn', () => {
  const so = thingsSoFar();
  so.take([thing('network', 'net'), ...Array.from({ length: 30 }, (_, i) => running(`c${String(i)}`, 'net'))]);
  expect(so.lines(style)).toEqual([]);
});
