/** Templates of `--format`: Go's language, with the functions of docker/cli's templates package beside its own. */
import { CallError, goFunctions } from '../../gotemplate/functions.ts';
import type { TemplateFunction, TemplateFunctions } from '../../gotemplate/functions.ts';
import { writeJson } from '../../gotemplate/go-json.ts';
import { isList, printed } from '../../gotemplate/go-value.ts';
import type { GoValue } from '../../gotemplate/go-value.ts';
import { parseTemplate } from '../../gotemplate/parse.ts';
import type { Template } from '../../gotemplate/parse.ts';

/** @param name what docker calls the template in its errors @throws TemplateError */
export function formatTemplate(text: string, name = ''): Template {
  return parseTemplate(text, { name, functions: formatFunctions });
}

/** Of a table's header, whose cells are their own names: docker leaves them as they are. @throws TemplateError */
export function headerTemplate(text: string): Template {
  return parseTemplate(text, { functions: headerFunctions });
}

/** Longest text a function makes, in characters. */
const longest = 1_000_000;

const string = (value: GoValue): string => value as string;

const dockerFunctions: TemplateFunctions = new Map<string, TemplateFunction>([
  ['json', { takes: ['any'], call: ([value]) => writeJson(value) }],
  [
    'split',
    {
      takes: ['string', 'string'],
      call: ([text, separator]) =>
        string(separator) === '' ? [...string(text)] : string(text).split(string(separator)),
    },
  ],
  [
    'join',
    {
      takes: ['strings', 'string'],
      call: ([list, separator]) => (isList(list) ? list.map(printed).join(string(separator)) : ''),
    },
  ],
  [
    'title',
    {
      takes: ['string'],
      call: ([text]) =>
        string(text).replace(
          /(^|[^\p{L}\p{N}_'])(\p{L})/gu,
          (_, before: string, letter: string) => before + letter.toUpperCase(),
        ),
    },
  ],
  ['lower', { takes: ['string'], call: ([text]) => string(text).toLowerCase() }],
  ['upper', { takes: ['string'], call: ([text]) => string(text).toUpperCase() }],
  [
    'pad',
    {
      takes: ['string', 'int', 'int'],
      call: ([text, before, after]) => (text === '' ? '' : blanks(before) + string(text) + blanks(after)),
    },
  ],
  [
    'truncate',
    {
      takes: ['string', 'int'],
      call: ([text, length]) => [...string(text)].slice(0, Math.max(0, Number(length))).join(''),
    },
  ],
]);

const formatFunctions: TemplateFunctions = new Map([...goFunctions, ...dockerFunctions]);

const headerFunctions: TemplateFunctions = new Map(
  [...formatFunctions].map(([name, known]) => [
    name,
    ['json', 'title', 'lower', 'upper', 'truncate'].includes(name)
      ? { ...known, takes: known.takes.map(() => 'any' as const), call: ([value]) => value }
      : known,
  ]),
);

function blanks(count: GoValue): string {
  const wanted = Number(count);
  if (wanted < 0) throw new CallError('strings: negative Repeat count');
  if (wanted > longest) throw new CallError('too long');
  return ' '.repeat(wanted);
}
