import { describe, expect, it } from 'vitest';
import { isStepOf, outlineOf } from '../../../src/dockerfile/outline.ts';

describe('the images a Dockerfile starts from', () => {
  it.each<[string, readonly (string | undefined)[], Record<string, string>?]>([
    ['FROM busybox', ['docker.io/library/busybox:latest']],
    [
      'from python:3.9-slim as build\nFROM build\nFROM BUILD',
      ['docker.io/library/python:3.9-slim', undefined, undefined],
    ],
    ['FROM --platform=linux/amd64 alpine:3 AS x', ['docker.io/library/alpine:3']],
    ['FROM scratch', [undefined]],
    ['ARG V=3\nARG N="alpine"\nFROM $N:${V}', ['docker.io/library/alpine:3']],
    ['ARG V=3\nFROM alpine:${V:-1}-${X:-y}', ['docker.io/library/alpine:3-y']],
    ['ARG V\nFROM alpine:$V', ['docker.io/library/alpine:9'], { V: '9' }],
    ['ARG V=3\nFROM alpine:$V', ['docker.io/library/alpine:9'], { V: '9' }],
    ['FROM alpine:$UNKNOWN', [undefined]],
    ['# comment\n\nFROM \\\n  # in between\n  alpine\nRUN a', ['docker.io/library/alpine:latest']],
    ['ARG A=3\nARG B=alpine:$A\nFROM "$B"', ['docker.io/library/alpine:3']],
    ["ARG A=3\nFROM '$A'", [undefined]],
    ['FROM MyHost/app', ['MyHost/app:latest']],
    ['FROM busybox\nRUN <<EOF\nFROM debian:12\nEOF', ['docker.io/library/busybox:latest']],
    ['', []],
    ['RUN before any FROM', []],
  ])('%j', (text, bases, args) => {
    expect(outlineOf(text, args).map(({ base }) => base)).toEqual(bases);
  });
});

describe('the images a Dockerfile uses', () => {
  it.each<[string, readonly string[]]>([
    ['FROM alpine:3', ['FROM docker.io/library/alpine:3']],
    [
      'FROM alpine:3 AS a\nFROM a\nCOPY --from=A x /\nCOPY --from=0 x /\nCOPY --from=nginx:1 x /\nCOPY x --from=y /',
      ['FROM docker.io/library/alpine:3', 'COPY --from docker.io/library/nginx:1'],
    ],
    [
      'FROM scratch\nRUN --mount=type=bind,from=me/tools,target=/t --mount=type=cache,target=/c x',
      ['RUN --mount docker.io/me/tools:latest'],
    ],
    ['FROM scratch\nCOPY --from=$X a /\nCOPY --from=scratch a /\nONBUILD COPY --from=nginx a /', []],
    ['FROM scratch\nCOPY <<EOF /x\nCOPY --from=nginx:1 a /\nEOF', []],
  ])('%j', (text, images) => {
    expect(outlineOf(text).flatMap((stage) => stage.images.map(({ by, name }) => `${by} ${name}`))).toEqual(images);
  });
});

describe('a step of this Dockerfile', () => {
  const stages = outlineOf('FROM alpine\nWORKDIR /app\nCOPY . .\nRUN pip install  -r "x"\nCMD ["a"]');
  const base = ['/bin/sh -c #(nop)  CMD ["sh"]', '/bin/sh -c #(nop) ADD file:1 in / '];
  const workdir = '/bin/sh -c #(nop) WORKDIR /app';
  const copy = '/bin/sh -c #(nop) COPY dir:3 in . ';
  const install = '/bin/sh -c pip install  -r "x"';
  it.each<[string, readonly string[], boolean]>([
    ['the first', [workdir, ...base], true],
    ['the second', [copy, workdir, ...base], true],
    ['the third, newest first', [install, copy, workdir, ...base], true],
    ['with build arguments', ['|1 V=1 /bin/sh -c pip install  -r "x"', copy, workdir, ...base], true],
    ['another command', ['/bin/sh -c pip install other', copy, workdir, ...base], false],
    ['one with a gap', [install, workdir, ...base], false],
    ['the base itself', base, false],
    ['nothing', [], false],
  ])('%s', (_, created, is) => {
    expect(isStepOf(stages, created)).toBe(is);
  });

  // CreatedBy as the classic builder of docker 20.10 has it for these very lines
  it.each<[string, string]>([
    ['RUN echo https://x/\\\ny', 'echo https://x/y'],
    ['RUN echo a \\\n    b', 'echo a     b'],
    ['RUN echo c\\\n    d', 'echo c    d'],
    ['RUN echo e \\\n  # comment\n  \n  f', 'echo e   f'],
    ['RUN echo g\\\\\nRUN true', 'echo g\\\\'],
    ['RUN echo i \\   \n   j   ', 'echo i    j'],
    ['RUN\\\n true', 'true'],
    ['RUN true \\', 'true'],
  ])('that goes on in the next line: %j', (lines, command) => {
    const joined = outlineOf(`FROM alpine\n${lines}`);
    expect(joined[0]?.instructions[0]).toEqual({ word: 'RUN', rest: command });
    expect(isStepOf(joined, [`/bin/sh -c ${command}`, ...base])).toBe(true);
  });

  it('that goes on after the sign that the top of the file names, and there alone', () => {
    const [top] = outlineOf('# escape=`\nFROM alpine\nRUN echo x`\ny');
    expect(top?.instructions).toEqual([{ word: 'RUN', rest: 'echo xy' }]);
    const [middle] = outlineOf('FROM alpine\n# escape=`\nRUN echo x`\nRUN y \\\n z');
    expect(middle?.instructions).toEqual([
      { word: 'RUN', rest: 'echo x`' },
      { word: 'RUN', rest: 'y  z' },
    ]);
  });

  it.each<[string, readonly string[], boolean]>([
    ['the stage it starts from', [copy, workdir, ...base], true],
    ['its own, on top of that', [install, copy, workdir, ...base], true],
    ['its own alone, as another Dockerfile may have it', [install, ...base], false],
    ['a stage on top of both', [copy, install, copy, workdir, ...base], true],
    ['that one’s own alone', [copy, ...base], false],
  ])('of one with stages that stand on each other: %s', (_, created, is) => {
    const staged = outlineOf(
      'FROM alpine AS App\nWORKDIR /app\nCOPY . .\nFROM app AS test\nRUN pip install -r x\nFROM TEST\nCOPY a b',
    );
    expect(isStepOf(staged, created)).toBe(is);
  });
});
