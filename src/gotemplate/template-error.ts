/** What is wrong with a template, in the words of Go's text/template, which the docker CLI prints. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  /** `parse`: the template cannot be read; `run`: it does not fit what it is given. */
  readonly during: 'parse' | 'run';
  constructor(message: string, during: 'parse' | 'run') {
    super(message);
    this.during = during;
  }
}
