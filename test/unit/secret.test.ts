/** What is secret: names, forms, and text without them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hideInValue, hideSecretsIn, isSecretName, isStandIn } from '../../src/secret.ts';

describe('a name', () => {
  test.each([
    'PASSWORD',
    'password',
    'DB_PASSWORD',
    'PGPASSWORD',
    'POSTGRES_PASSWORD',
    'db_passwd',
    'DB_PASS',
    'MYSQL_PWD',
    'PASSWORD2',
    'TOKEN',
    'NPM_TOKEN',
    'JoinToken',
    'identitytoken',
    'registrytoken',
    'splunk-token',
    'SECRET',
    'client_secret',
    'CLIENTSECRET',
    'SECRET_KEY_BASE',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'API_KEY',
    'APIKEY',
    'apiKey',
    'PRIVATE_KEY',
    'UnlockKey',
    'unlockkey',
    'SSH_KEY',
    'DB_CREDENTIALS',
    'PASSPHRASE',
    'auth',
    'Authorization',
    'X-Registry-Auth',
    'x-registry-config',
    'X-Api-Key',
    'Set-Cookie',
  ])('%s is secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  test.each([
    '',
    'HTPASSWD_PATH',
    'REGISTRY_AUTH_HTPASSWD_PATH',
    'REGISTRY_AUTH_HTPASSWD_REALM',
    'REGISTRY_AUTH',
    'PASSWORD_FILE',
    'POSTGRES_PASSWORD_FILE',
    'API_KEY_FILE',
    'password-stdin',
    'TOKEN_URL',
    'TOKEN_TTL',
    'PASSWORD_MIN_LENGTH',
    'SECRET_NAME',
    'SecretID',
    'AWS_ACCESS_KEY_ID',
    'MAX_TOKENS',
    'TOKENIZERS_PARALLELISM',
    'PUBLIC_KEY',
    'KEY',
    'MONKEY',
    'PWD',
    'OLDPWD',
    'COMPASS',
    'secret-add',
    'secrets',
    'authConfig',
    'AUTHOR',
    'CredentialSpec',
    'credential-spec',
    'with-registry-auth',
    'DOCKER_CERT_PATH',
    'Image',
  ])('%s is none', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

test.each([
  '$PASSWORD',
  '"$PASSWORD"',
  '${TOKEN}',
  '"${TOKEN:?not set}"',
  '$(cat token)',
  '<password>',
  '{{password}}',
  '%TOKEN%',
])('%s only stands for a secret', (written) => {
  expect(isStandIn(written)).toBe(true);
});
test.each(['pa$$word', '$PREFIX-hunter2', '${TOKEN:-hunter2}', 'hunter2', '', '<', '$'])('%j does not', (written) => {
  expect(isStandIn(written)).toBe(false);
});

/** `§` is where the secret is. */
const places = [
  'tcp://me:§@engine:2376',
  'fetching https://me:§@git.example/app.git failed',
  'https://§@git.example/app.git',
  'DB_PASSWORD=§',
  'export DB_PASSWORD=§; run',
  'set "DB_PASSWORD=§ b" first',
  "Env: [ 'A=b', 'DB_PASSWORD=§ b' ]",
  '--env=DB_PASSWORD=§',
  '-e DB_PASSWORD="§ b" app',
  'POST /x?token=§&a=1',
  'o=addr=10.0.0.1,username=me,password=§',
  '{"password":"§ b"}',
  '{"auth" : "§"}',
  '{\\"password\\":\\"§\\"}',
  "{ password: '§ b', name: 'me' }",
  "identitytoken: '§'",
  'mysql --password §',
  'tool --api-key=§ x',
  'Authorization: Bearer §',
  'Authorization: Basic §',
  '> X-Registry-Auth: §',
  '{"X-Registry-Auth":"§"}',
  "curl -H 'X-Api-Key: §' host",
  'Cookie: session=§',
  'ENV DB_PASSWORD § b',
  'FROM a\nENV A=b DB_PASSWORD=§\nRUN c',
  'join with SWMTKN-1-§ now',
  'SWMKEY-1-§',
  'dckr_pat_§',
  '-----BEGIN RSA PRIVATE KEY-----\n§\n-----END RSA PRIVATE KEY-----',
  '-----BEGIN PRIVATE KEY-----\n§',
];

/** No part of it could stand in a text by chance. */
const canary = fc.stringMatching(/^[A-Za-z0-9]{12,30}$/).map((text) => `c4${text}9`);

describe('a text', () => {
  test.each(places)('%j keeps nothing of the secret', (place) => {
    fc.assert(
      fc.property(canary, (secret) => {
        const shown = hideSecretsIn(place.replace('§', secret));
        expect(shown).not.toContain(secret);
        expect(shown).toContain('…');
        expect(hideSecretsIn(shown)).toBe(shown);
      }),
      { numRuns: 25 },
    );
  });

  test.each([
    'no basic auth credentials',
    'unauthorized: incorrect username or password',
    'Error: Password Required',
    'Password: ',
    'Bearer authentication is needed',
    'Basic authentication is needed',
    'the token is of no use; the secret is kept',
    'docker swarm join --token <token> 10.0.0.1:2377',
    'docker login -u me --password-stdin quay.io',
    'docker service create --secret db-password app',
    '-e REGISTRY_AUTH=htpasswd -e REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd registry:2',
    'POSTGRES_PASSWORD_FILE=/run/secrets/db-password',
    'POSTGRES_PASSWORD=',
    'POSTGRES_PASSWORD=$POSTGRES_PASSWORD',
    'MYSQL_ALLOW_EMPTY_PASSWORD=yes',
    'ssh://me@engine.example',
    'http://localhost:5000/v2/_catalog',
    'http://[::1]:8080/x@y',
    'docker run -p 127.0.0.1:8080:80 nginx@sha256:abc',
    '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
    'https://example.com/a:b@c',
  ])('%j stays as it is', (text) => {
    expect(hideSecretsIn(text)).toBe(text);
  });

  test('without a secret word or a URL in it stays as it is', () => {
    const words = fc.constantFrom(
      ...'docker run -d --name web -p 80:80 nginx:1 FOO=bar {"a":"b"} a: 1 \n " \' \\ $X / http: // @ = é 🐳'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(words), (text) => {
        expect(hideSecretsIn(text.join(' '))).toBe(text.join(' '));
      }),
    );
  });

  test('a user and password in base64 is found after Basic', () => {
    expect(hideSecretsIn(`Basic ${btoa('me:hunter2')}`)).toBe('Basic …');
  });

  test('a long one takes no time', () => {
    const started = performance.now();
    for (const piece of [
      'password=',
      '"password',
      '"password="',
      "token: '",
      '://a:',
      'https://',
      '--token ',
      '-',
      'a ',
      'Authorization: ',
      '-----BEGIN PRIVATE KEY-----',
      'ENV A ',
      'password \\"',
      'Bearer ',
    ])
      hideSecretsIn(`token ${piece.repeat(20_000 / piece.length)}`);
    expect(performance.now() - started).toBeLessThan(1500);
  });
});

test('a value that stands alone is secret to its end', () => {
  expect(hideInValue('DB_PASSWORD=a b & "c')).toBe('DB_PASSWORD=…');
  expect(hideInValue('DB_PASSWORD_FILE=/run/a b')).toBe('DB_PASSWORD_FILE=/run/a b');
});
