/** What a translation lacks, and what in it cannot be told. */
import { didYouMean } from '../../did-you-mean.ts';
import { Failure } from '../../failure.ts';
import { parseScenario, readText } from '../../scenario/load.ts';
import type { Scenario } from '../../scenario/schema.ts';
import { parseTranslation, translationPath, translationsOf } from '../../scenario/translation/load.ts';
import type { TranslationFile } from '../../scenario/translation/schema.ts';
import { textsOf } from '../../scenario/translation/texts.ts';
import { textAt, translatedText } from '../../scenario/translation/translation.ts';
import { variablesIn } from '../../scenario/variables.ts';
import type { Path } from '../../yaml/places.ts';
import { advice, error } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { remarksAt, remarksOf } from '../lint.ts';
import type { Linted, Remark } from '../lint.ts';

/** Each that stands beside the scenario in `file`. None where the scenario itself is wrong: that is said of it. */
export async function lintTranslations(file: string): Promise<readonly Linted[]> {
  const languages = await translationsOf(file);
  if (languages.length === 0) return [];
  const scenario = scenarioIn(await readText(file), file);
  if (!scenario) return [];
  return Promise.all(
    languages.map(async (language) => {
      const path = translationPath(file, language);
      return {
        file: path,
        language,
        remarks: lintTranslation(await readText(path), path, language, scenario),
        permissions: [],
      };
    }),
  );
}

function scenarioIn(text: string, file: string): Scenario | undefined {
  try {
    return parseScenario(text, file);
  } catch (problem) {
    if (problem instanceof Failure && problem.code === 'scenario-invalid') return undefined;
    throw problem;
  }
}

/** @param name how the file is called in messages */
export function lintTranslation(text: string, name: string, language: string, scenario: Scenario): readonly Remark[] {
  let translation: TranslationFile;
  try {
    translation = parseTranslation(text, name, language);
  } catch (problem) {
    if (!(problem instanceof Failure) || problem.code !== 'scenario-invalid') throw problem;
    return remarksOf(problem, name);
  }
  return remarksAt([...findings(scenario, translation)], text);
}

function* findings(scenario: Scenario, translation: TranslationFile): Generator<Finding> {
  const texts = textsOf(scenario);
  const known = new Set(texts.map(({ place }) => place.join('.')));
  yield* unknownIn(translation, known, scenario);
  const missing = new Map<string, string[]>();
  for (const { place, text: english } of texts) {
    const { state, text } = translatedText(translation, place, english);
    switch (state) {
      case 'missing': {
        const [step, rest] = place[0] === 'steps' ? [String(place[1]), place.slice(2)] : ['', place];
        missing.set(step, [...(missing.get(step) ?? []), placeWords(rest)]);
        break;
      }
      case 'stale':
        yield advice('stale', place, 'the English has changed since, and is told here; author translate shows it');
        break;
      case 'unfit':
        yield error('other-values', place, otherValues(text, english));
        break;
      case 'told':
        if (textAt(translation.from, place) === undefined)
          yield advice(
            'no-digest',
            place,
            'nothing says which English it was made from; author translate writes it down',
          );
    }
  }
  for (const [step, names] of missing) {
    const whose = step === '' ? 'the lesson' : `the step ${step}`;
    yield {
      ...advice(
        'not-translated',
        step === '' ? ['language'] : ['steps', step],
        `of ${whose} this is told in English: ${names.join(', ')}`,
      ),
      key: true,
    };
  }
}

/** `hints 2`: as the author counts. */
function placeWords(place: Path): string {
  return place.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join(' ');
}

function otherValues(text: string, english: string): string {
  const [here, there] = [variablesIn(text), variablesIn(english)];
  const braced = (names: readonly string[]): string => names.map((name) => `{{${name}}}`).join(', ');
  const lacking = there.filter((name) => !here.includes(name));
  const strange = here.filter((name) => !there.includes(name));
  return [
    ...(lacking.length > 0 ? [`${braced(lacking)} of the English is missing`] : []),
    ...(strange.length > 0 ? [`${braced(strange)} is not in the English`] : []),
  ].join('; ');
}

/** Texts for which the lesson has no place. */
function* unknownIn(
  { from, ...texts }: TranslationFile,
  known: ReadonlySet<string>,
  { steps }: Scenario,
): Generator<Finding> {
  const ids = steps.map(({ id }) => id);
  for (const [tree, base] of [
    [texts, []],
    [from, ['from']],
  ] as const) {
    for (const id of Object.keys(tree?.steps ?? {}).filter((one) => !ids.includes(one))) {
      const near = didYouMean(id, ids);
      const hint = near === undefined ? '' : `; did you mean "${near}"?`;
      yield { ...error('unknown-place', [...base, 'steps', id], `the lesson has no step "${id}"${hint}`), key: true };
    }
    for (const place of leavesOf(tree)) {
      const [first, id] = place;
      const isStrangeStep = first === 'steps' && !ids.includes(String(id));
      if (first === 'language' || isStrangeStep || known.has(place.join('.')) || textAt(tree, place) === '') continue;
      yield error('unknown-place', [...base, ...place], 'the lesson has no text at this place');
    }
  }
}

function leavesOf(tree: unknown, at: Path = []): readonly Path[] {
  if (typeof tree !== 'object' || tree === null) return tree === undefined ? [] : [at];
  return Array.isArray(tree)
    ? tree.flatMap((item, i) => leavesOf(item, [...at, i]))
    : Object.entries(tree).flatMap(([key, item]) => leavesOf(item, [...at, key]));
}
