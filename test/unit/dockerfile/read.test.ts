/** What a Dockerfile is cut into. Each expectation is what moby/buildkit's parser makes of the same text. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readDockerfile } from '../../../src/dockerfile/read.ts';
import { withoutSyntax } from '../../../src/dockerfile/needs.ts';

const instructionsOf = (text: string): readonly string[] =>
  readDockerfile(text).instructions.map(({ word, rest }) => `${word} ${rest}`);
const directivesOf = (text: string): readonly string[] =>
  readDockerfile(text).directives.map(({ name, value }) => `${name}=${value}`);
const first = (text: string) => {
  const [instruction] = readDockerfile(text).instructions;
  if (!instruction) throw new Error('There is no instruction.');
  return instruction;
};

describe('directives', () => {
  it.each<[string, readonly string[]]>([
    [
      '# syntax=docker/dockerfile:1\n#escape = `\n# Check=skip=all\nFROM a',
      ['syntax=docker/dockerfile:1', 'escape=`', 'check=skip=all'],
    ],
    ['\uFEFF# syntax=x\r\nFROM a', ['syntax=x']],
    ['  # syntax=x\nFROM a', ['syntax=x']],
    ['# a comment\n# syntax=x\nFROM a', []],
    ['\n# syntax=x\nFROM a', []],
    ['# other=1\n# syntax=x\nFROM a', []],
    ['# syntax=x\n# syntax=y\n# escape=`\nFROM a', ['syntax=x']],
    ['FROM a\n# syntax=x', []],
    ['# syntax=', []],
  ])('%j has %j', (text, directives) => {
    expect(directivesOf(text)).toEqual(directives);
  });

  it('know where they stand', () => {
    const text = '\uFEFF# syntax=x\r\n# escape=`\nFROM a';
    const { directives } = readDockerfile(text);
    expect(directives.map(({ start, end }) => text.slice(start, end))).toEqual(['# syntax=x', '# escape=`']);
    expect(directives.map(({ line, endLine }) => [line, endLine])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });
});

describe('lines that belong together', () => {
  it.each<[string, readonly string[]]>([
    ['RUN a \\\n  b', ['RUN a   b']],
    ['RUN a\\\nb', ['RUN ab']],
    ['RUN a \\  \n\n# comment \\\n  # another\n b', ['RUN a  b']],
    ['RUN a\\\\\nRUN b', ['RUN a\\\\', 'RUN b']],
    ['RUN a \\\r\n  b\r\n', ['RUN a   b']],
    ['RUN\\\n true', ['RUN true']],
    ['R\\\nUN true', ['RUN true']],
    ['RUN a \\', ['RUN a']],
    ['\\\nRUN a', ['RUN a']],
    ['# escape=`\nRUN a `\n b \\\nCMD c', ['RUN a  b \\', 'CMD c']],
    ['FROM a\n# escape=`\nRUN b `\nCMD c', ['FROM a', 'RUN b `', 'CMD c']],
    ['FROM a\n# escape=`\nRUN b \\\n c', ['FROM a', 'RUN b  c']],
    ['# escape=x\nRUN a \\\n b', ['RUN a  b']],
    ['   run   a  ', ['RUN a']],
    ['# only a comment', []],
    ['', []],
  ])('%j', (text, instructions) => {
    expect(instructionsOf(text)).toEqual(instructions);
  });
});

describe('flags', () => {
  it.each<[string, readonly [string, string][], string]>([
    ['RUN --mount=type=cache,target=/c make -j', [['mount', 'type=cache,target=/c']], 'make -j'],
    ['COPY --from="a b" --chown=1:1 x /', [['from', 'a b'], ['chown', '1:1']], 'x /'], // prettier-ignore
    ['RUN --mount=\'a="b"\' x', [['mount', 'a="b"']], 'x'],
    ['COPY --link x /', [['link', '']], 'x /'],
    ['COPY --a\\ b=c x /', [['a b', 'c']], 'x /'],
    ['RUN \\\n  --network=none \\\n  # why\n  make', [['network', 'none']], 'make'],
    ['RUN -- --mount=x', [], '--mount=x'],
    ['RUN echo --mount=x', [], 'echo --mount=x'],
    ['RUN --mount="never closed', [['mount', 'never closed']], ''],
    ['RUN --only', [['only', '']], ''],
  ])('%j', (text, flags, rest) => {
    const read = first(text);
    expect(read.flags.map(({ name, value }) => [name, value])).toEqual(flags);
    expect(read.rest).toBe(rest);
    for (const { start, end, name } of read.flags)
      expect(text.slice(start, end)).toMatch(new RegExp(`^--${name.replace(' ', '.+')}`));
  });
});

describe('lists', () => {
  it.each<[string, readonly string[] | undefined]>([
    ['CMD ["a", "b c"]', ['a', 'b c']],
    ['CMD [ "\\u0061" ]', ['a']],
    ['ENTRYPOINT []', []],
    ['RUN ["a",\\\n  "b"]', ['a', 'b']],
    ['COPY --from=x ["a b", "/c"]', ['a b', '/c']],
    ["CMD ['a']", undefined],
    ['CMD ["a", 1]', undefined],
    ['CMD ["a"] && b', undefined],
    ['RUN [ -f x ] && y', undefined],
    ['ENV ["a"]', undefined],
  ])('%j', (text, list) => {
    expect(first(text).list).toEqual(list);
  });
});

describe('here-documents', () => {
  const documentsOf = (text: string) => first(text).documents.map(({ name, body }) => [name, body]);

  it.each<[string, readonly [string, string][], readonly string[]]>([
    ['RUN <<EOF\nFROM debian:12\nEOF\nCMD x', [['EOF', 'FROM debian:12\n']], ['RUN <<EOF', 'CMD x']],
    ['RUN <<EOF cat\n# no comment \\\n\nEOF\n', [['EOF', '# no comment \\\n\n']], ['RUN <<EOF cat']],
    ['COPY <<-"E F" <<b /x/\n\tone\n\tE F\ntwo\nb\nCMD x', [['E F', '\tone\n'], ['b', 'two\n']], ['COPY <<-"E F" <<b /x/', 'CMD x']], // prettier-ignore
    ['ADD <<EOF /x\nEOF\nCMD x', [['EOF', '']], ['ADD <<EOF /x', 'CMD x']],
    ['RUN <<EOF\n EOF\n\tEOF\nEOF \nEOF\nCMD x', [['EOF', ' EOF\n\tEOF\nEOF \n']], ['RUN <<EOF', 'CMD x']],
    ['RUN 3<<EOF x\r\na\r\nEOF\r\nCMD x', [['EOF', 'a\n']], ['RUN 3<<EOF x', 'CMD x']],
    ['RUN a \\\n <<EOF\nb\nEOF\nCMD x', [['EOF', 'b\n']], ['RUN a  <<EOF', 'CMD x']],
    ['ONBUILD RUN <<EOF\nFROM b\nEOF\nCMD x', [['EOF', 'FROM b\n']], ['ONBUILD RUN <<EOF', 'CMD x']],
    ['RUN <<EOF\nnever ended', [['EOF', 'never ended\n']], ['RUN <<EOF']],
    ['RUN cat<<EOF\nCMD x', [], ['RUN cat<<EOF', 'CMD x']],
    ['RUN cat << EOF\nCMD x', [], ['RUN cat << EOF', 'CMD x']],
    ['RUN cat <<<EOF\nCMD x', [], ['RUN cat <<<EOF', 'CMD x']],
    ['RUN echo $((1<<2))\nCMD x', [], ['RUN echo $((1<<2))', 'CMD x']],
    ['RUN echo "a <<EOF"\nCMD x', [], ['RUN echo "a <<EOF"', 'CMD x']],
    ["RUN echo it's <<EOF\nCMD x", [], ["RUN echo it's <<EOF", 'CMD x']],
    ["RUN <<''\nCMD x", [], ["RUN <<''", 'CMD x']],
    ['RUN ["a", "<<EOF"]\nCMD x', [], ['RUN ["a", "<<EOF"]', 'CMD x']],
    ['ENV A <<EOF\nCMD x', [], ['ENV A <<EOF', 'CMD x']],
  ])('%j', (text, documents, instructions) => {
    expect(documentsOf(text)).toEqual(documents);
    expect(instructionsOf(text)).toEqual(instructions);
  });

  test('in quotes, variables in them stay', () => {
    const expands = (text: string) => first(text).documents.map(({ expand }) => expand);
    expect(expands('RUN <<a <<"b" <<c\'d\'\na\nb\ncd\n')).toEqual([true, false, false]);
  });

  test('end where the instruction ends', () => {
    const text = 'FROM a\nRUN <<EOF\nx\nEOF\nCMD y';
    const run = readDockerfile(text).instructions[1];
    expect(run).toMatchObject({ line: 2, endLine: 4 });
    expect(text.slice(run?.start, run?.end)).toBe('RUN <<EOF\nx\nEOF');
  });
});

test('ONBUILD keeps an instruction of its own', () => {
  expect(first('ONBUILD copy --from=x ["a","/b"]').onbuild).toMatchObject({
    word: 'COPY',
    flags: [{ name: 'from', value: 'x' }],
    list: ['a', '/b'],
  });
  expect(first('ONBUILD').onbuild).toBeUndefined();
});

it('blanks at the end are no part of a flag, though its quote is left open', () => {
  const [instruction] = readDockerfile('A --x="b  ').instructions;
  expect(instruction?.flags).toEqual([{ name: 'x', value: 'b', start: 2, end: 8 }]);
  expect(instruction?.end).toBe(8);
});

describe('of any text', () => {
  const line = fc.oneof(
    fc.constantFrom('FROM a', 'RUN b \\', '  c `', '# comment', '# escape=`', '', 'RUN <<EOF', 'EOF', 'CMD ["x"]', '\\', 'COPY --from="a b" <<-X /'), // prettier-ignore
    fc.string(),
    fc.stringMatching(/^[A-Z]{1,4} [-"'\\`<# a]{0,12}$/),
  );
  const anything = fc
    .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'))
    .map(([lines, end]) => lines.join(end));

  it('instructions stand one after the other, and are the very text', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { directives, instructions } = readDockerfile(text);
        let end = -1;
        let last = 0;
        for (const place of [...directives, ...instructions]) {
          expect(place.start).toBeGreaterThan(end);
          expect(place.end).toBeGreaterThanOrEqual(place.start);
          expect(place.line).toBe(text.slice(0, place.start).split('\n').length);
          expect(place.line).toBeGreaterThan(last);
          expect(place.endLine).toBeGreaterThanOrEqual(place.line);
          [end, last] = [place.end, place.endLine];
        }
        expect(end).toBeLessThanOrEqual(text.length);
        for (const { flags, start, end: until } of instructions)
          for (const flag of flags) {
            expect(text.slice(flag.start, flag.start + 2).replace(/\s/g, '')).toMatch(/^-/);
            expect(flag.start).toBeGreaterThanOrEqual(start);
            expect(flag.end).toBeLessThanOrEqual(until);
          }
      }),
    );
  });

  it('what is neither empty nor a comment is of an instruction', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { directives, instructions } = readDockerfile(text);
        const inOne = (number: number): boolean =>
          [...directives, ...instructions].some(({ line: from, endLine }) => from <= number && number <= endLine);
        for (const [index, written] of text.split('\n').entries())
          if (/^\s*[^\s#\uFEFF]/.test(written)) expect(inOne(index + 1)).toBe(true);
      }),
    );
  });

  it('a command may be broken at any blank', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1, maxLength: 6 });
    const breaks = fc.array(fc.constantFrom(' ', ' \\\n', ' \\\n# c\n', ' \\  \n\n'), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(words, breaks, (parts, between) => {
        const written = parts.map((part, index) => part + (index + 1 < parts.length ? (between[index] ?? ' ') : ''));
        expect(instructionsOf(`RUN ${written.join('')}\nCMD x`)).toEqual([`RUN ${parts.join(' ')}`, 'CMD x']);
      }),
    );
  });

  it('nothing in a here-document is an instruction', () => {
    const body = fc
      .array(line, { maxLength: 8 })
      .filter((lines) => lines.every((one) => !/[\r\n]/.test(one) && one !== 'END'));
    fc.assert(
      fc.property(body, (lines) => {
        const { instructions } = readDockerfile(['FROM a', 'RUN <<END', ...lines, 'END', 'CMD x'].join('\n'));
        expect(instructions.map(({ word }) => word)).toEqual(['FROM', 'RUN', 'CMD']);
        expect(instructions[1]?.documents[0]?.body).toBe(lines.map((one) => `${one}\n`).join(''));
      }),
    );
  });

  it('takes a megabyte in linear time', () => {
    const parts = ['RUN "', 'RUN <<', '# x=y\n', 'RUN \\\n', "RUN --a='", 'RUN [', '<<A ', '\\'];
    const began = performance.now();
    for (const part of parts) readDockerfile(`FROM a\nRUN ${part.repeat(200_000 / part.length)}`);
    expect(performance.now() - began).toBeLessThan(4000);
  });
});

describe('without its syntax, a Dockerfile', () => {
  test.each([
    ['# syntax=evil\nFROM a\n', '#\nFROM a\n'],
    // a comment would end the directives
    ['#Syntax = evil\n# escape=`\nFROM a\n', '# escape=`\n#\nFROM a\n'],
    ['# syntax=a\n# check=skip=all\n# escape=`\nFROM a\n', '# check=skip=all\n# escape=`\n#\nFROM a\n'],
    // what BuildKit finds besides, where the first is gone
    ['# syntax=a\n# syntax=evil\nFROM a\n', '#\n#\nFROM a\n'],
    ['#!/bin/x\n# syntax=evil\nFROM a\n', '#!/bin/x\n#\nFROM a\n'],
    ['// syntax=evil\nFROM a\n', '#\nFROM a\n'],
    ['\n  // Syntax = evil\r\nFROM a\n', '\n#\nFROM a\n'],
    ['# syntax=evil', '#'],
    ['# a comment\nFROM a\n# syntax=b\n', '# a comment\nFROM a\n# syntax=b\n'],
    ['FROM a\n', 'FROM a\n'],
    ['', ''],
  ])('%j is %j', (text, plain) => {
    expect(withoutSyntax(text)).toBe(plain);
  });
});
