/** What counts as the same instruction, and as the same order. */
import { describe, expect, it } from 'vitest';
import { instructionsWords, lookForInstructions } from '../../../../src/check/facets/instructions.ts';
import type { FileFields } from '../../../../src/scenario/expectation.ts';

type Wanted = NonNullable<FileFields['instructions']>;

describe('one instruction', () => {
  it.each<[string, string]>([
    ['WORKDIR /app', 'workdir   /app/'],
    ['COPY requirements.txt .', 'COPY ./requirements.txt ./'],
    ['COPY . .', 'COPY ["./", "."]'],
    ['COPY --from=build /hello /hello', 'COPY  --from=build  /hello  /hello'],
    ['CMD ["python", "app.py"]', 'CMD ["python","app.py"]'],
    ['CMD ["python", "app.py"]', 'CMD [ "python" , "app.py" ]  '],
    ['FROM python:3.9-slim', 'FROM docker.io/library/python:3.9-slim'],
    ['FROM golang:alpine AS build', 'FROM golang:alpine as BUILD'],
    ['ENV COLOUR=white', 'ENV COLOUR="white"'],
    ['ENV COLOUR=white', "ENV COLOUR='white'"],
    ['ENV COLOUR=white', 'ENV COLOUR white'],
    ['ENV A=1 B="two words"', 'ENV B=two\\ words A=1'],
    ['LABEL lesson=demo', 'LABEL lesson="demo"'],
    ['EXPOSE 8080', 'EXPOSE 8080/tcp'],
    ['RUN echo one && echo two', 'RUN echo one \\\n    && echo two'],
  ])('%s is also written %j', (wanted, written) => {
    expect(lookForInstructions(`${written}\n`, [wanted])).toMatchObject({ holds: true });
  });

  it.each<[string, string]>([
    ['CMD ["python", "app.py"]', 'CMD python app.py'],
    ['CMD ["python", "app.py"]', '# CMD ["python", "app.py"]'],
    ['COPY . .', 'COPY . /app'],
    ['COPY . /', 'COPY . .'],
    ['COPY --from=build /hello /hello', 'COPY /hello /hello'],
    ['FROM python:3.9-slim', 'FROM python:3.9'],
    ['ENV COLOUR=white', 'ENV COLOUR=black'],
    ['USER www-data', 'RUN echo "\nUSER www-data"'],
  ])('%s is not %j', (wanted, written) => {
    expect(lookForInstructions(`${written}\n`, [wanted])).toMatchObject({ holds: false });
  });

  it('matches a pattern on what follows its word, in one line', () => {
    const wanted: Wanted = [{ word: 'RUN', matches: '^pip3? install .*flask$' }];
    const text = 'FROM a\nRUN pip install \\\n    --no-cache-dir   flask\n';
    expect(lookForInstructions(text, wanted)).toEqual({ holds: true, observed: 'FROM and RUN' });
    expect(lookForInstructions('FROM a\nCMD pip install flask\n', wanted)).toMatchObject({ holds: false });
  });
});

describe('their order', () => {
  const wanted: Wanted = ['FROM a', { word: 'COPY', matches: '^\\.' }, 'CMD ["b"]'];

  it('others may stand between them', () => {
    const text = '# a recipe\nFROM a\nLABEL x=y\nCOPY . .\nRUN true\nCMD ["b"]\n';
    expect(lookForInstructions(text, wanted)).toMatchObject({ holds: true });
  });

  it('says which is missing, and where', () => {
    expect(lookForInstructions('FROM a\nCMD ["b"]\nCOPY . .\n', wanted)).toEqual({
      holds: false,
      observed: 'no CMD ["b"] after COPY . .',
    });
    expect(lookForInstructions('', wanted)).toEqual({ holds: false, observed: 'no FROM a' });
  });

  it('is said in words', () => {
    expect(instructionsWords(wanted)).toBe('has FROM a, COPY /^\\./ and CMD ["b"], in this order');
    expect(instructionsWords(['FROM a'])).toBe('has FROM a');
  });
});
