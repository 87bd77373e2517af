/** A password or token in a command line is not shown, however it is written; all else is. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hidden, hideSecrets, holdsSecret } from '../../../src/command/hide-secrets.ts';
import { commandsIn, parseLine } from '../../../src/command/shell/script.ts';

describe('a secret in a command line', () => {
  test.each([
    ['docker login -u me -p hunter2', 'docker login -u me -p …'],
    ['docker login -phunter2 -u me localhost:5000', 'docker login -p… -u me localhost:5000'],
    ['docker login -p=hunter2', 'docker login -p=…'],
    ['docker login --username me --password hunter2 quay.io', 'docker login --username me --password … quay.io'],
    [
      'sudo docker -H tcp://engine:2375 login --password="hunter2 two"',
      'sudo docker -H tcp://engine:2375 login --password=…',
    ],
    ["docker login \\\n-u me \\\n-p 'hunter2; x' && docker ps", 'docker login \\\n-u me \\\n-p … && docker ps'],
    ['docker login -p "hunter2', 'docker login -p …'],
    ['docker ps; login -p hunter2', 'docker ps; login -p …'],
    ['docker swarm join --token SWMTKN-1-abc-def 10.0.0.1:2377', 'docker swarm join --token … 10.0.0.1:2377'],
    ['docker swarm join --token=hunter2 10.0.0.1', 'docker swarm join --token=… 10.0.0.1'],
    ['docker run app --secret=hunter2', 'docker run app --secret=…'],
    ['docker swarm unlock SWMKEY-1-abc', 'docker swarm unlock …'],
    ['echo hunter2 | docker login -u me --password-stdin', 'echo … | docker login -u me --password-stdin'],
    ["docker login --password-stdin <<< 'hunter2'", 'docker login --password-stdin <<< …'],
  ])('%s', (line, shown) => {
    expect(hideSecrets(line)).toBe(shown);
  });

  test.each([
    'docker run -d -p 5000:5000 app',
    'docker run -p 80:80 login -p x',
    'docker login && docker run -p 80:80 nginx',
    'docker login -u me -p $PASSWORD',
    'docker login -u me -p "${TOKEN}"',
    'docker login -u me -p <password>',
    'docker login -u me -p $(aws ecr get-login-password) registry.example',
    'docker build --secret=id=npm,src=.npmrc .',
    'docker build "--secret=id=npm,src=.npmrc" .',
    'docker login -u me --password-stdin',
    'cat token.txt | docker login -u me --password-stdin',
  ])('nothing is hidden of %s', (line) => {
    expect(hideSecrets(line)).toBe(line);
  });

  test('what stands after it is still found', () => {
    const line = 'docker login -p hunter2 --usrname me';
    const { line: shown, start, end } = hidden(line, { start: 24, end: 33 });
    expect(line.slice(24, 33)).toBe('--usrname');
    expect(shown.slice(start, end)).toBe('--usrname');
  });

  test('a long line takes no time', () => {
    const started = performance.now();
    for (const piece of ['docker login ', '"', 'docker login "a" -x ', 'echo a', '--password-stdin ', "-p '"])
      hideSecrets(piece.repeat(10_000 / piece.length));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

/** `§` is where the secret is: bare, between double quotes, between single ones. */
const places = [
  'docker login -u me -p §',
  'docker login -p§ quay.io',
  'docker login -p=§ quay.io',
  'docker login --password=§',
  'docker login -u me --password "§"',
  "docker login -p '§' && docker ps",
  'docker login -p a"§"b',
  'sudo docker login -p "§"; docker ps',
  'docker ps && docker login -u me \\\n  -p "§"',
  'docker swarm join --token "§" 10.0.0.1:2377',
  'docker swarm join --token SWMTKN-1-§ 10.0.0.1:2377',
  'docker swarm unlock SWMKEY-1-§',
  'echo § | docker login -u me --password-stdin',
  "printf '§' | docker login -u me --password-stdin",
  "printf '%s' '§' | docker login -u me --password-stdin",
  'printf %s\\n § | sudo docker login -u me --password-stdin',
  "docker login --password-stdin <<< '§'",
  "docker login <<< '§' --password-stdin -u me",
  "cat <<< '§' | docker login --password-stdin",
  'docker login --password-stdin << EOF\n§\nEOF',
  "docker login --password-stdin <<-'END' registry.example\n\t§\n\tEND",
  'docker run -e DB_PASSWORD=§ db:1',
  'docker run -e "DB_PASSWORD=§" db:1',
  "docker run -e 'DB_PASSWORD=§' db:1",
  'docker run -e DB_PASSWORD="§" db:1',
  'docker run -e DB_PASSWORD=a"§"b db:1',
  'docker run -eDB_PASSWORD=§ db:1',
  'docker run --env=API_KEY=§ db:1',
  'docker run "--env=API_KEY=§" db:1',
  'docker run -de "API_KEY=§" db:1',
  'docker exec -e PGPASSWORD="§" db psql',
  'docker run --log-opt splunk-token=§ app:1',
  "docker run --mount 'type=volume,target=/x,volume-opt=password=§' app:1",
  'docker volume create --opt "o=username=me,password=§" data',
  'docker build --build-arg NPM_TOKEN=§ .',
  'docker build https://me:§@git.example/app.git',
  'docker -H tcp://me:§@engine:2376 ps',
  'docker run db:1 tool --password "§" x',
  'docker run db:1 tool --password=§',
  'docker compose run -e TOKEN="§" web',
  'docker service create --env SECRET_KEY=§ app:1',
  'docker service update --env-add DB_PASSWORD=§ web',
  'DB_PASSWORD=§ docker compose up',
  'export DB_PASSWORD="§"; docker compose up',
  'docker rm $(docker run -d -e DB_PASSWORD=§ db:1)',
  `curl -H "Authorization: Bearer §" https://x | docker load`,
  'docker run -e DB_PASSWORD=§ --no-such-flag db:1',
  'docker run -e "DB_PASSWORD=§',
  'docker login -u me -p "§',
  'docker commit -c "ENV DB_PASSWORD=§" web',
];

describe('wherever a secret is put in a line', () => {
  const bare = fc.stringMatching(/^[A-Za-z0-9_+/.,:%-]{10,24}$/).map((text) => `c4${text.replaceAll('/', '')}9`);
  const plain = fc.stringMatching(/^[A-Za-z0-9_-]{10,24}$/).map((text) => `c4${text}9`);
  const spaced = fc.stringMatching(/^[A-Za-z0-9 ;&|<>()#!+.,:-]{10,24}$/).map((text) => `c4${text}9`);

  test.each(places)('%j keeps nothing of it', (place) => {
    const quoted = /["'][^"']*§/.test(place) && !/Bearer/.test(place);
    fc.assert(
      fc.property(/SWM/.test(place) ? plain : quoted ? spaced : bare, (secret) => {
        const line = place.replace('§', secret);
        const shown = hideSecrets(line);
        for (const piece of secret.split(/\W+/).filter(({ length }) => length > 4)) expect(shown).not.toContain(piece);
        expect(shown).toContain('…');
        expect(holdsSecret(line)).toBe(true);
        expect(hideSecrets(shown)).toBe(shown);
      }),
      { numRuns: 40 },
    );
  });

  test.each(places.filter((place) => !/"§$|"DB_PASSWORD=§$|--no-such|unlock/.test(place)))(
    'what %j means is still read',
    (place) => {
      const line = place.replace('§', 'hunter2');
      const rows = (text: string) =>
        commandsIn(parseLine(text)).map(({ row, operands }) => [row.name, operands.length]);
      expect(rows(hideSecrets(line))).toEqual(rows(line));
    },
  );
});

const corpus = JSON.parse(readFileSync(new URL('../../fixtures/corpus.json', import.meta.url), 'utf8')) as readonly {
  line: string;
}[];
test.each(corpus.map(({ line }) => line).filter((line) => !/login|join|PASSWORD|TOKEN|SECRET|KEY/.test(line)))(
  'as people write it, it stays: %s',
  (line) => {
    expect(hideSecrets(line)).toBe(line);
  },
);
