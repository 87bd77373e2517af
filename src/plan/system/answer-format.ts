/** `--format` of docker info and docker version: one answer, filled into a Go template. */
import { print } from '../ask.ts';
import { Stopped } from '../effects.ts';
import type { Plan } from '../effects.ts';
import type { GoValue } from '../../gotemplate/go-value.ts';
import { TemplateError } from '../../gotemplate/template-error.ts';
import { render } from '../../gotemplate/render.ts';
import { formatTemplate } from '../output/format-template.ts';

/** Docker's exit code for a template that cannot be read. */
const badFormat = 64;

/** Docker prints the line even where a field of it is not there. @param name what docker calls the template in its errors */
export function* printFilled(format: string, answer: GoValue, name = ''): Plan<void> {
  const { made, wrong } = filledIn(format, answer, name);
  yield* print(`${made}\n`);
  if (wrong !== undefined) throw new Stopped(wrong);
}

function filledIn(format: string, answer: GoValue, name: string): { readonly made: string; readonly wrong?: string } {
  try {
    return { made: render(formatTemplate(format, name), answer) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    if (error.during === 'parse') throw new Stopped(`template parsing error: ${error.message}`, badFormat);
    return { made: '', wrong: error.message };
  }
}
