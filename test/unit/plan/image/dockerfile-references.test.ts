/** What a Dockerfile reaches for: no image, address or right of the machine gets in unseen. */
import { describe, expect, test } from 'vitest';
import { dockerfileReferences } from '../../../../src/plan/image/build/dockerfile-references.ts';

const found = (text: string, args?: Record<string, string>): readonly string[] =>
  dockerfileReferences(text, args).map(({ of, name }) => `${of}:${name}`);

describe('a Dockerfile reaches for', () => {
  test.each<[string, readonly string[]]>([
    ['FROM busybox\nRUN true', ['image:busybox']],
    ['FROM scratch\nCOPY a /', []],
    ['FROM golang AS build\nFROM scratch\nCOPY --from=build /x /', ['image:golang']],
    ['FROM golang AS build\nFROM scratch\nCOPY --from=0 /x /', ['image:golang']],
    ['FROM scratch\nCOPY --from=mine/secret:1 /x /', ['image:mine/secret:1']],
    ['FROM scratch\nRUN --mount=type=bind,from=mine/secret,target=/x true', ['image:mine/secret']],
    ['FROM scratch\nRUN --mount=type=bind,"from=mine/secret",target=/x true', ['image:mine/secret']],
    ['FROM scratch\nRUN --mount=type=bind,From=mine/secret,target=/x true', ['image:mine/secret']],
    ['FROM scratch\nRUN --mount=type=bind,from=busybox,from=mine/secret true', ['image:busybox', 'image:mine/secret']],
    ['FROM scratch\nONBUILD COPY --from=mine/secret:1 /x /', ['image:mine/secret:1']],
    ['ARG B=mine/secret\nFROM $B', ['image:mine/secret']],
    ['ARG B\nFROM ${B:-mine/secret}', ['image:mine/secret']],
    ['FROM a\nADD http://localhost:8080/x /', ['image:a', 'address:localhost:8080']],
    ['FROM a\nADD ["https://x.example/y", "/"]', ['image:a', 'address:x.example:443']],
    ['FROM a\nADD git@github.com:a/b.git /', ['image:a', 'address:github.com:22']],
    ['FROM a\nONBUILD ADD http://10.0.0.1/x /', ['image:a', 'address:10.0.0.1:80']],
    ['FROM a\nADD a.tar b.tar /', ['image:a']],
    ['FROM a\nADD "http://localhost/x" /', ['image:a', 'address:localhost:80']],
    ['FROM a\nADD h\\ttp://localhost/x /', ['image:a', 'address:localhost:80']],
    ['FROM a\nADD app-$V.tar x/$Y /', ['image:a']],
    ['FROM a\nRUN --network=host wget localhost', ['image:a', 'right:host-network']],
    ['FROM a\nRUN --network=none true', ['image:a']],
    ['FROM a\nRUN --security=insecure true', ['image:a', 'right:privileged']],
  ])('%j: %j', (text, references) => {
    expect(found(text)).toEqual(references);
  });

  test('what a build argument says', () => {
    expect(found('ARG B=busybox\nFROM $B', { B: 'mine/secret' })).toEqual(['image:mine/secret']);
  });
});

test.each([
  'FROM mine/secret:${TARGETARCH}',
  'ARG B=mine/secret:1x\nFROM ${B%x}',
  'FROM a\nCOPY --from=$X a /',
  'FROM a\nRUN --mount=type=bind,from=$X true',
  'FROM a\nONBUILD COPY --from=$X a /',
  'FROM a\nARG U=http://localhost\nADD $U /',
  'FROM a\nENV U=p\nADD htt${U}://localhost/x /',
  'FROM a\nENV U=@x\nADD git$U:y /',
])('%j leaves open what it reaches for, and is not built', (text) => {
  expect(() => dockerfileReferences(text)).toThrow(
    expect.objectContaining({ code: 'E-NOT-YOURS-TO-CHANGE', exitCode: 4 }) as Error,
  );
});
