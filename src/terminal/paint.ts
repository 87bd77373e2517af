/** Colours by meaning. Without colour every function gives its text back, and chalk is never loaded. */

export interface Paint {
  readonly colour: boolean;
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
  code(text: string): string;
}

const asIs = (text: string): string => text;

export const noPaint: Paint = { colour: false, bold: asIs, dim: asIs, good: asIs, bad: asIs, warn: asIs, code: asIs };

/** Sixteen colours only: the terminal's own theme then keeps them readable. */
export async function paintFor(colour: boolean): Promise<Paint> {
  if (!colour) return noPaint;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return {
    colour: true,
    bold: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    warn: (text) => chalk.yellow(text),
    code: (text) => chalk.cyan(text),
  };
}

/** The signs of a report, each with words beside it, so that none carries meaning alone. */
export interface Signs {
  readonly passed: string;
  readonly failed: string;
  readonly kept: string;
  readonly full: string;
  readonly empty: string;
  readonly ellipsis: string;
  readonly bullet: string;
}

export function signsFor(unicode: boolean): Signs {
  return unicode
    ? { passed: '✔', failed: '✘', kept: '–', full: '━', empty: '─', ellipsis: '…', bullet: '•' }
    : { passed: 'ok', failed: 'FAIL', kept: '-', full: '#', empty: '.', ellipsis: '...', bullet: '*' };
}
