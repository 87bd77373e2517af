/** What docker stops at in a file is minded, and what it takes is not; values of a compose file are read. */
import { describe, expect, test } from 'vitest';
import { explainFile } from '../../../../src/explain/files/file-explanation.ts';

const dockerfile = (text: string) => explainFile('Dockerfile', text);
const compose = (text: string) => explainFile('compose.yaml', text);
const base = 'FROM alpine:3\n';

describe('docker build stops at', () => {
  test.each([
    ['RUN true\nFROM alpine:3\n', /^line 1: docker build stops here: RUN stands before FROM/],
    [`${base}COPY ../x /x\n`, /\.\.\/x lies outside the build context/],
    [`${base}ADD ["../x", "/x"]\n`, /\.\.\/x lies outside/],
    [`${base}ENV Y\n`, /Y has no value: ENV Y=value/],
    [`${base}ENV A=1 B\n`, /B has no = in it/],
    [`${base}LABEL note\n`, /note has no value/],
    [`${base}CDM ["x"]\n`, /CDM is not an instruction; did you mean CMD\?/],
    [`${base}COPY app\n`, /COPY needs a source and a target/],
    [`${base}COPY a b /app\n`, /ends with a slash: \/app\//],
    [`${base}COPY --form=x a /b\n`, /no flag --form; did you mean --from\?/],
    [`${base}WORKDIR\n`, /WORKDIR needs a value/],
    [`${base}SHELL bash\n`, /SHELL takes a list/],
    [`${base}HEALTHCHECK curl localhost\n`, /HEALTHCHECK begins with CMD/],
    [`${base}EXPOSE http\n`, /http is not a port/],
    [`${base}ONBUILD FROM alpine\n`, /ONBUILD cannot hold FROM/],
    ['FROM alpine:3 build\n', /FROM takes an image/],
    [
      'FROM alpine:3 AS builder\nFROM scratch\nCOPY --from=biulder /a /a\n',
      /no stage is called biulder; did you mean builder\?/,
    ],
  ])('%j', (text, expected) => {
    const { warnings, wrong } = dockerfile(text);
    expect(wrong).toBe(true);
    expect(warnings).toContainEqual(expect.stringMatching(expected) as string);
  });

  test.each([
    'ARG V=3\nFROM alpine:$V AS a\nFROM a\nCOPY --from=nginx:1 /x /x\nCOPY --from=0 /x /x\n',
    `${base}COPY a b ./\nCOPY a b $DIR\nCOPY ["a b", "/x/"]\nCOPY . .\n`,
    `${base}ENV A=1 B="x y" C='z' D=a\\ b\nENV OLD some text\nLABEL a=b "c d"=e\n`,
    `${base}EXPOSE 80 53/udp 8000-8010 $PORT\nHEALTHCHECK NONE\nHEALTHCHECK --interval=5s CMD true\n`,
    `${base}CMD\nSHELL ["/bin/sh", "-c"]\nONBUILD RUN true\nUSER 1\n`,
    `${base}COPY <<a <<b /x/\n1\na\n2\nb\n`,
  ])('and not at %j', (text) => {
    const { warnings, wrong } = dockerfile(text);
    expect(warnings.filter((warning) => warning.includes('stops here'))).toEqual([]);
    expect(wrong).toBe(false);
  });
});

test('a secret of a stage that is not shipped is not in the image', () => {
  const { warnings } = dockerfile(
    'FROM alpine:3 AS tools\nENV API_KEY=abc\nFROM alpine:3 AS app\nENV DB_PASSWORD=abc\nFROM app\nUSER 1\n',
  );
  expect(warnings).toContainEqual(expect.stringMatching(/line 2: API_KEY is not in the image/) as string);
  expect(warnings).toContainEqual(expect.stringMatching(/line 4: DB_PASSWORD stays readable in the image/) as string);
});

describe('a compose file', () => {
  const text =
    'services:\n  web:\n    image: a:1\n    ports:\n      - "127.0.0.1:8080:80"\n    volumes:\n      - data:/var/lib/x\n      - ./src:/app:ro\n    restart: on-failure:3\n    mem_limit: 512m\n    environment:\n      - MODE=dev\n    user: "${UID}"\n';

  test.each([
    ['ports', /host port 8080, on 127\.0\.0\.1 only, leads to port 80 of the container/],
    [
      'volumes',
      /the volume data holds \/var\/lib\/x in the container; the host's \.\/src is seen as \/app in the container, read only/,
    ],
    ['restart', /is started again when it fails, 3 times at most/],
    ['mem_limit', /512 MiB/],
    ['environment', /sets MODE to dev/],
    ['user', /^the user it runs as$/],
  ])('says what the values of %s are', (key, expected) => {
    expect(compose(text).parts.find(({ name }) => name === `services.web.${key}`)?.means).toMatch(expected);
  });

  test.each([
    [
      'servces:\n  web:\n    image: a:1\n',
      /line 1: docker compose stops here: servces is not a key .* did you mean services\?/,
    ],
    [
      'services:\n  web:\n    image: a:1\n    enviroment: [A=1]\n',
      /line 4: docker compose stops here: enviroment .* did you mean environment\?/,
    ],
  ])('%j is wrong', (wrongText, expected) => {
    const { warnings, wrong } = compose(wrongText);
    expect(wrong).toBe(true);
    expect(warnings).toContainEqual(expect.stringMatching(expected) as string);
  });

  test('a file that docker takes is not wrong', () => {
    expect(compose(text).wrong).toBe(false);
    expect(compose('x-a: 1\nservices:\n  web:\n    image: a:1\n    x-b: 2\n').wrong).toBe(false);
  });
});
