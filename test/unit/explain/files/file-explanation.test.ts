/** Dockerfiles and compose files, explained line by line. */
import { describe, expect, test } from 'vitest';
import { instructions } from '../../../../src/explain/files/dockerfile-instructions.ts';
import { explainFile, kindOfFile } from '../../../../src/explain/files/file-explanation.ts';
import type { FileExplanation } from '../../../../src/explain/files/file-explanation.ts';
import { fileExplanationLines } from '../../../../src/report/answers/file-explanation.ts';
import { paintFor, signsFor } from '../../../../src/terminal/paint.ts';

const dockerfile = (text: string): FileExplanation => explainFile('Dockerfile', text);
const compose = (text: string): FileExplanation => explainFile('compose.yaml', text);
const safe = 'FROM alpine:3.20\n';

describe('a Dockerfile', () => {
  test('has a part for each instruction and flag, with lines and the very text', () => {
    const text =
      '# syntax=docker/dockerfile:1\nFROM golang:1.22 AS build\nRUN go build \\\n  # a comment\n  -o /app .\n\nFROM scratch\nCOPY --from=build --chown=1:1 /app /app\nRUN <<EOF\necho hi\nEOF\nUSER 1\nENTRYPOINT ["/app"]\n';
    const { parts, needs } = dockerfile(text);
    expect(parts.map(({ kind, name, line, endLine }) => [kind, name, line, endLine])).toEqual([
      ['directive', 'syntax', 1, 1],
      ['instruction', 'FROM', 2, 2],
      ['instruction', 'RUN', 3, 5],
      ['instruction', 'FROM', 7, 7],
      ['instruction', 'COPY', 8, 8],
      ['flag', '--from', 8, 8],
      ['flag', '--chown', 8, 8],
      ['instruction', 'RUN', 9, 11],
      ['instruction', 'USER', 12, 12],
      ['instruction', 'ENTRYPOINT', 13, 13],
    ]);
    for (const part of parts) expect(text.slice(part.start, part.end)).toBe(part.text);
    expect(parts.find(({ line }) => line === 3)?.value).toBe('go build -o /app .');
    expect(needs).toEqual([{ kind: 'image', name: 'golang:1.22', means: expect.any(String) as string }]);
  });

  test('reads a here-document as the text it is, and a directive at the top alone', () => {
    const text =
      'FROM alpine:3\n# escape=`\nRUN --mount=type=cache,target=/c <<-EOF\n\tFROM debian:12\n\tapk add curl\n\tEOF\n';
    const { parts, needs, warnings } = dockerfile(`${text}COPY --from=nginx:1 /x /\nRUN wget https://x/\\\ny\n`);
    expect(parts.map(({ kind, name, line, endLine }) => [kind, name, line, endLine])).toEqual([
      ['instruction', 'FROM', 1, 1],
      ['instruction', 'RUN', 3, 6],
      ['flag', '--mount', 3, 3],
      ['instruction', 'COPY', 7, 7],
      ['flag', '--from', 7, 7],
      ['instruction', 'RUN', 8, 9],
    ]);
    expect(parts.at(-1)?.value).toBe('wget https://x/y');
    expect(needs.map(({ name }) => name)).toEqual(['alpine:3', 'nginx:1']);
    expect(warnings).toEqual([]);
  });

  test('every instruction of the reference is known, and a slip has a neighbour', () => {
    const known = [
      'ADD',
      'ARG',
      'CMD',
      'COPY',
      'ENTRYPOINT',
      'ENV',
      'EXPOSE',
      'FROM',
      'HEALTHCHECK',
      'LABEL',
      'MAINTAINER',
      'ONBUILD',
      'RUN',
      'SHELL',
      'STOPSIGNAL',
      'USER',
      'VOLUME',
      'WORKDIR',
    ];
    expect(Object.keys(instructions).sort()).toEqual(known);
    expect(dockerfile(`${safe}CDM ["x"]`).parts.at(-1)?.means).toContain('did you mean CMD?');
  });

  test.each([
    ['CMD python app.py', /shell form/, /docker stop does not reach it/],
    ['CMD ["python", "app.py"]', /exec form/, undefined],
    ["CMD ['python']", /shell form/, /not a JSON list/],
    ['ADD app.py /app/', /adds app.py to \/app\//, /COPY says what is meant/],
    ['ADD rootfs.tar.gz /', /adds/, undefined],
    ['COPY . .', /the whole build context/, undefined],
    ['COPY .env /app/', /copies/, /file with secrets/],
    ['ENV API_KEY=abc', /API_KEY/, /docker inspect shows it/],
    ['ARG TOKEN', /TOKEN/, /docker history shows it/],
    ['ENV PORT=80 MODE="a b"', /sets PORT and MODE/, undefined],
    ['EXPOSE 80:80', /publishes nothing/, /takes no host port/],
    ['WORKDIR app', /works in app/, /full path is clearer/],
    ['RUN apt-get update', /shell form/, /is cached: later installs/],
    [
      'RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*',
      /keeps what it changes/,
      undefined,
    ],
    ['RUN apt-get update && apt-get install curl', /keeps/, /needs -y/],
    ['RUN apk add curl', /keeps/, /--no-cache/],
    ['RUN --mount=type=cache,target=/root/.cache pip install flask', /keeps/, undefined],
    ['RUN cd /app', /keeps/, /WORKDIR/],
    ['RUN curl -fsSL https://example.com/i.sh | sh', /keeps/, /runs unseen/],
    ['MAINTAINER me', /LABEL/, /retired/],
    ['HEALTHCHECK NONE', /switches off/, undefined],
  ])('%s', (instruction, means, warning) => {
    const { parts, warnings } = dockerfile(`${safe}${instruction}\nUSER app\n`);
    expect(parts.find(({ line }) => line === 2)?.means).toMatch(means);
    const here = warnings.filter((text) => text.startsWith('line 2: '));
    if (warning) expect(here.join('\n')).toMatch(warning);
    else expect(here).toEqual([]);
  });

  test.each([
    ['FROM python\n', /^line 1: python:latest is only a name/],
    ['FROM python:latest\n', /^line 1: python:latest is only a name/],
    ['FROM node:20\nCOPY . .\nRUN npm ci\n', /^line 2: every change of any file/],
    ['FROM alpine:3\nCMD ["a"]\n', /^there is no USER/],
    ['FROM alpine:3\nUSER root\nCMD ["a"]\n', /^line 2: the program runs as root/],
    ['FROM alpine:3\nCMD ["a"]\nCMD ["b"]\nUSER x\n', /^line 2: a later CMD/],
    ['RUN ls\n', /^there is no FROM/],
  ])('%j is warned of', (text, warning) => {
    expect(dockerfile(text).warnings).toContainEqual(expect.stringMatching(warning) as string);
  });

  test('a stage of the file, scratch, a digest and a variable have no latest to warn of', () => {
    const { warnings } = dockerfile(
      `FROM alpine:3 AS base\nFROM base\nFROM scratch\nFROM alpine@sha256:${'a'.repeat(64)}\nFROM $BASE\n`,
    );
    expect(warnings).toEqual([]);
  });

  test.each(['', '\n\n', 'FROM', '\\', 'RUN <<EOF\nnever closed', '# syntax=', '\u0000\u001b[31m', 'FROM a \\\n'])(
    '%j does not break it',
    (text) => {
      expect(dockerfile(text).kind).toBe('dockerfile');
    },
  );
});

describe('a compose file', () => {
  const text =
    'version: "3"\nservices:\n  web:\n    build: .\n    ports:\n      - "5000:5000"\n      - 80\n    environment:\n      - DB_PASSWORD=hunter\n    depends_on:\n      - db\n  db:\n    image: postgres # the database\n    environment:\n      POSTGRES_PASSWORD: example\n    volumes:\n    - data:/var/lib/data\n    healthcheck:\n      test: ["CMD", "true"]\nvolumes:\n  data:\n';

  test('has a part for each key, with lines and the very text', () => {
    const { parts, needs } = compose(text);
    expect(parts.map(({ name, line }) => [name, line])).toEqual([
      ['version', 1],
      ['services', 2],
      ['services.web', 3],
      ['services.web.build', 4],
      ['services.web.ports', 5],
      ['services.web.environment', 8],
      ['services.web.depends_on', 10],
      ['services.db', 12],
      ['services.db.image', 13],
      ['services.db.environment', 14],
      ['services.db.volumes', 16],
      ['services.db.healthcheck', 18],
      ['services.db.healthcheck.test', 19],
      ['volumes', 20],
      ['volumes.data', 21],
    ]);
    for (const part of parts) expect(text.slice(part.start, part.end)).toBe(part.text);
    expect(parts.find(({ name }) => name === 'services.web.ports')).toMatchObject({
      value: '5000:5000, 80',
      endLine: 7,
    });
    expect(needs).toEqual([{ kind: 'image', name: 'postgres', means: expect.any(String) as string }]);
  });

  test('its pitfalls name their lines', () => {
    const { warnings } = compose(text);
    for (const start of [
      'line 1: version: is obsolete',
      'line 6: port 5000 will be reachable',
      'line 7: port 80 is published on a free port',
      'line 9: DB_PASSWORD stands in this file',
      'line 10: in this form it waits until they are started',
      'line 13: postgres:latest',
      'line 15: POSTGRES_PASSWORD',
    ])
      expect(warnings).toContainEqual(expect.stringContaining(start) as string);
    expect(warnings).toHaveLength(7);
  });

  test('a wrong key is named, with what was meant', () => {
    const { parts } = compose('services:\n  web:\n    image: a:1\n    enviroment:\n      A: 1\n');
    expect(parts.find(({ line }) => line === 4)?.means).toContain('did you mean environment?');
  });

  test('a secret from elsewhere is no leak', () => {
    expect(
      compose(
        'services:\n  db:\n    image: a:1\n    environment:\n      DB_PASSWORD: ${DB_PASSWORD}\n      DB_PASSWORD_FILE: /run/secrets/x\n',
      ).warnings,
    ).toEqual([]);
  });

  test('block text, anchors and merges are passed over', () => {
    const { parts } = compose(
      'x-base: &base\n  restart: always\nservices:\n  web:\n    <<: *base\n    image: a:1\n    command: |\n      key: not one\n    tty: true\n',
    );
    expect(parts.map(({ name }) => name)).toEqual([
      'x-base',
      'services',
      'services.web',
      'services.web.<<',
      'services.web.image',
      'services.web.command',
      'services.web.tty',
    ]);
  });
});

test.each([
  ['docker-compose.yml', '', 'compose'],
  ['app/Dockerfile.dev', '', 'dockerfile'],
  ['-', 'services:\n  a:\n', 'compose'],
  ['-', 'FROM a\n', 'dockerfile'],
])('%s is a %s', (file, text, kind) => {
  expect(kindOfFile(file, text)).toBe(kind);
});

test.each([80, 50, 30])('drawn, no line is wider than %i columns', async (columns) => {
  const style = { columns, unicode: true, paint: await paintFor(false), signs: signsFor(true) };
  const lines = fileExplanationLines(
    dockerfile(
      'FROM python\nRUN pip install flask && echo a long line that goes on and on for ever\nCMD python app.py\n',
    ),
    style,
  );
  expect(lines.join('\n')).toContain('FROM python');
  for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(columns);
});
