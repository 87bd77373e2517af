/**
 * Shell text to words with their places, nothing expanded yet. The grammar is that of POSIX sh (section 2,
 * "Shell Command Language"), read leniently where tutorials are: a prompt in front, `<container id>`,
 * a Windows backtick or ^ at the end of a line, C:\paths, %VAR%.
 */
import type { Span } from '../command.ts';
import { CommandError } from '../errors.ts';
import { promptAt } from './prompts.ts';

export type Piece = Span &
  (
    | { readonly is: 'text'; readonly text: string; readonly quoted: boolean }
    /** `operator` is what follows the name in `${NAME:-x}`; `other` for forms that are not expanded here (`$1`, `${A%b}`, `$((1+1))`). */
    | {
        readonly is: 'variable';
        readonly name: string;
        readonly quoted: boolean;
        readonly operator?: ':-' | '-' | ':+' | '+' | ':=' | '=' | ':?' | '?' | 'other';
        readonly fallback?: string;
        readonly source: string;
      }
    | { readonly is: 'nested'; readonly line: Line; readonly quoted: boolean; readonly source: string }
    | { readonly is: 'home'; readonly source: string }
    | { readonly is: 'placeholder'; readonly source: string }
  );

export interface Word extends Span {
  readonly pieces: readonly Piece[];
}

export interface Redirection extends Span {
  /** `>`, `>>`, `<`, `2>`, `2>&1`, `<<`… */
  readonly operator: string;
  /** Absent for `2>&1`. */
  readonly target?: Word;
  /** The lines of a here-document. */
  readonly body?: string;
}

/** How a command follows the one before it. */
export type Joint = 'start' | '&&' | '||' | '|' | ';' | '&' | 'newline' | '(' | ')';

export interface ShellCommand extends Span {
  readonly joint: Joint;
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
  /** The prompt that was pasted with it. */
  readonly prompt?: Span;
  /** The shell does not wait for it (`&`). */
  readonly background?: true;
}

export interface Line extends Span {
  readonly commands: readonly ShellCommand[];
}

interface Cursor {
  readonly text: string;
  readonly end: number;
  readonly depth: number;
  at: number;
}

interface Draft {
  joint: Joint;
  words: Word[];
  redirections: Redirection[];
  prompt?: Span;
}

const deepest = 20;
const redirection = /(?:&>>?|[0-9]*(?:>>|>\||>&|<<<|<<-?|<&|<>|>|<))/y;
const duplicate = /[0-9]+-?|-/y;
const control = /&&|\|\||\|&|;;|[;|&()]/y;
/** `<name>`, `<all|local>`, `<>`. */
const placeholder = /<(?:[\p{L}$](?:[^<>\n"'`|;&]|(?<=[^\s|])\|(?=[^\s|])){0,60})?>(?=$|[\s:/.,@"')\]}_=-])/uy;
/** `</path/to/data>:/data`: a file that is read and another that is written would have a blank between them. */
const pathPlaceholder = /<\/[^\s<>"'`|;&]{1,100}>(?=['"]?:)/y;
/** `${{ github.sha }}`: filled in by GitHub, before a shell reads it. */
const expression = /\$\{\{[^\n{}]{1,200}\}\}/y;
const nestedOfPowerShell = /\((?=[ \t]*docker[ \t])/y;
/** `%cd%`, and what a batch file knows itself by: `%~dp0`, the folder it is in. */
const percentVariable = /%(?:[A-Za-z_][A-Za-z0-9_]*%|~[a-z]+[0-9])/y;
/** `%%IMAGE%%`: a template's, and no variable even in a batch file. */
const percentPlaceholder = /%%[A-Za-z_][A-Za-z0-9_-]*%%/y;
const continuation = /(?:\\[ \t]*|(?<=[ \t])[`^][ \t]*)\r?\n|(?<=[ \t])[\\`^]\s*$/y;
/** `>` of sh and `>>` of PowerShell; a page may repeat `$`. */
const continuationPrompt = /[ \t]*(?:>>?|\$)[ \t]+/y;
const powerShellPrompt = /[ \t]*>>[ \t]+/y;
const blank = /[ \t\r]+/y;

/** Throws CommandError for a quote or substitution that is not closed. Linear in the text's length. */
export function readLine(text: string): Line {
  return readCommands({ text, at: 0, end: text.length, depth: 0 }, undefined);
}

/** Compiling this pattern, with all letters there are, takes longer than reading a line without a `<`. */
function matchPlaceholder(cursor: Cursor): string | undefined {
  if (cursor.text.charAt(cursor.at) !== '<') return undefined;
  return match(placeholder, cursor) ?? match(pathPlaceholder, cursor);
}

function match(pattern: RegExp, cursor: Cursor): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  return found !== undefined && cursor.at + found.length <= cursor.end ? found : undefined;
}

/** Reads up to the cursor's end, or past the closing parenthesis of `$(`. */
function readCommands(cursor: Cursor, opened: Span | undefined): Line {
  const start = cursor.at;
  const commands: ShellCommand[] = [];
  let heredocs: { redirection: Redirection; list: Redirection[] }[] = [];
  let draft: Draft = { joint: 'start', words: [], redirections: [] };
  let parentheses = 0;
  takePrompt(cursor, draft);

  const finish = (joint: Joint, background = false): void => {
    const { words, redirections, prompt } = draft;
    if (words.length + redirections.length > 0) {
      const first = Math.min(words[0]?.start ?? Infinity, redirections[0]?.start ?? Infinity);
      const last = Math.max(words.at(-1)?.end ?? 0, redirections.at(-1)?.end ?? 0);
      const command: { -readonly [K in keyof ShellCommand]: ShellCommand[K] } = {
        joint: draft.joint,
        words,
        redirections,
        start: first,
        end: last,
      };
      if (prompt) command.prompt = prompt;
      if (background) command.background = true;
      commands.push(command);
      draft = { joint, words: [], redirections: [] };
    } else if (joint !== 'newline' || commands.length > 0) draft.joint = draft.joint === 'start' ? 'start' : joint;
  };

  while (cursor.at < cursor.end) {
    const skipped = match(continuation, cursor);
    if (skipped !== undefined) {
      cursor.at += skipped.length;
      cursor.at += match(draft.prompt ? continuationPrompt : powerShellPrompt, cursor)?.length ?? 0;
      continue;
    }
    const space = match(blank, cursor);
    if (space !== undefined) {
      cursor.at += space.length;
      continue;
    }
    const char = cursor.text.charAt(cursor.at);
    if (char === '\n') {
      cursor.at++;
      finish('newline');
      for (const pending of heredocs) readHeredoc(cursor, pending.redirection, pending.list);
      heredocs = [];
      takePrompt(cursor, draft);
      continue;
    }
    if (char === '#') {
      const newline = cursor.text.indexOf('\n', cursor.at);
      cursor.at = newline === -1 || newline > cursor.end ? cursor.end : newline;
      continue;
    }
    if (matchPlaceholder(cursor) === undefined) {
      const redirect = match(redirection, cursor);
      if (redirect !== undefined) {
        const read = readRedirection(cursor, redirect);
        draft.redirections.push(read);
        if (redirect.startsWith('<<') && redirect !== '<<<')
          heredocs.push({ redirection: read, list: draft.redirections });
        continue;
      }
    }
    // PowerShell's $( ) has no $; sh would not take the parenthesis here
    if (draft.words.length > 0 && match(nestedOfPowerShell, cursor) !== undefined) {
      draft.words.push(readParentheses(cursor));
      continue;
    }
    const operator = match(control, cursor);
    if (operator !== undefined) {
      if (operator === ')' && opened && parentheses === 0) {
        finish('newline');
        cursor.at++;
        return { commands, start, end: cursor.at - 1 };
      }
      if (operator === '(') parentheses++;
      if (operator === ')') parentheses = Math.max(0, parentheses - 1);
      cursor.at += operator.length;
      finish(operator === '|&' ? '|' : operator === ';;' ? ';' : (operator as Joint), operator === '&');
      continue;
    }
    draft.words.push(readWord(cursor));
  }
  if (opened)
    throw new CommandError('unclosed-substitution', 'this $( is never closed', opened, { hint: 'add the closing )' });
  finish('newline');
  return { commands, start, end: cursor.end };
}

function takePrompt(cursor: Cursor, draft: Draft): void {
  if (cursor.depth > 0) return;
  const length = promptAt(cursor.text, cursor.at, cursor.end);
  if (length === 0) return;
  draft.prompt = { start: cursor.at, end: cursor.at + length };
  cursor.at += length;
}

function readRedirection(cursor: Cursor, operator: string): Redirection {
  const start = cursor.at;
  cursor.at += operator.length;
  if (operator.endsWith('&')) {
    const number = match(duplicate, cursor);
    if (number !== undefined) {
      cursor.at += number.length;
      return { operator: operator + number, start, end: cursor.at };
    }
  }
  cursor.at += match(blank, cursor)?.length ?? 0;
  const next = cursor.text.charAt(cursor.at);
  if (cursor.at >= cursor.end || /[\s;|&()<>]/.test(next)) return { operator, start, end: cursor.at };
  const target = readWord(cursor);
  return { operator, target, start, end: cursor.at };
}

function readHeredoc(cursor: Cursor, opened: Redirection, list: Redirection[]): void {
  const start = cursor.at;
  const delimiter = opened.target ? plainText(opened.target) : '';
  for (;;) {
    const newline = cursor.text.indexOf('\n', cursor.at);
    const lineEnd = newline === -1 || newline > cursor.end ? cursor.end : newline;
    const line = cursor.text.slice(cursor.at, lineEnd).replace(/^\t+/, '').replace(/\r$/, '');
    const bodyEnd = cursor.at;
    cursor.at = Math.min(cursor.end, lineEnd + 1);
    if (line === delimiter || cursor.at >= cursor.end) {
      const end = line === delimiter ? bodyEnd : cursor.end;
      const index = list.indexOf(opened);
      if (index !== -1) list[index] = { ...opened, body: cursor.text.slice(start, end) };
      return;
    }
  }
}

function plainText(word: Word): string {
  return word.pieces
    .map((piece) => (piece.is === 'text' ? piece.text : 'source' in piece ? piece.source : ''))
    .join('');
}

const wordEnd = /[\s;|&()]/;
/** Characters that mean nothing inside a bare word; read in one go. */
const bareRun = /[^\s;|&()<>'"\\$`%~]+/y;
const quotedRun = /[^"\\$`]+/y;

function readWord(cursor: Cursor): Word {
  const start = cursor.at;
  const pieces: Piece[] = [];
  const text = (from: number, value: string, quoted = false): void => {
    pieces.push({ is: 'text', text: value, quoted, start: from, end: cursor.at });
  };
  let windows = false;
  while (cursor.at < cursor.end) {
    const from = cursor.at;
    const char = cursor.text.charAt(from);
    if (wordEnd.test(char) && !isAlternative(cursor, start)) break;
    if (char === '|') {
      cursor.at++;
      text(from, '|');
      continue;
    }
    const run = match(bareRun, cursor);
    if (run !== undefined) {
      cursor.at += run.length;
      text(from, run);
      windows ||= /(?:^|[=,:])(?:[A-Za-z]:|\.{1,2})$/.test(run) && cursor.text.charAt(cursor.at) === '\\';
    } else if (char === "'") {
      const close = cursor.text.indexOf("'", from + 1);
      if (close === -1 || close >= cursor.end) throw unclosed("'", from);
      cursor.at = close + 1;
      text(from, cursor.text.slice(from + 1, close), true);
    } else if (char === '"') readDoubleQuotes(cursor, pieces);
    else if (char === '\\') {
      if (match(continuation, cursor) !== undefined) {
        const skipped = match(continuation, cursor) ?? '';
        // Between two halves of one word only where no space follows; else the word ends here.
        cursor.at += skipped.length;
        if (match(blank, cursor) !== undefined) break;
      } else if (windows || from + 1 >= cursor.end || isPathOfWindows(cursor, pieces)) {
        cursor.at++;
        text(from, '\\');
      } else {
        cursor.at += 2;
        text(from, cursor.text.charAt(from + 1), true);
      }
    } else if (char === '$' || char === '`') readDollar(cursor, pieces, false);
    else if (char === '%') {
      const filledIn = match(percentPlaceholder, cursor);
      const name = match(percentVariable, cursor);
      cursor.at += (filledIn ?? name)?.length ?? 1;
      if (filledIn !== undefined) pieces.push({ is: 'placeholder', source: filledIn, start: from, end: cursor.at });
      else if (name === undefined) text(from, '%');
      else {
        const variable = name.slice(1, -1);
        const known = variable.toLowerCase() === 'cd' ? 'PWD' : variable;
        pieces.push({ is: 'variable', name: known, quoted: true, source: name, start: from, end: cursor.at });
      }
    } else if (char === '~') {
      cursor.at++;
      const next = cursor.text.charAt(cursor.at);
      if (from === start && (cursor.at >= cursor.end || next === '/' || wordEnd.test(next)))
        pieces.push({ is: 'home', source: '~', start: from, end: cursor.at });
      else text(from, '~');
    } else {
      const name = matchPlaceholder(cursor);
      if (name === undefined) break;
      cursor.at += name.length;
      pieces.push({ is: 'placeholder', source: name, start: from, end: cursor.at });
    }
  }
  // A lone < or > that is neither: take it as it is, so that reading always moves on.
  if (cursor.at === start) {
    cursor.at++;
    text(start, cursor.text.charAt(start));
  }
  return { pieces, start, end: cursor.at };
}

/** Between two parts of a path (`docker\\Dockerfile`, `${PWD}\\certs`) or in front of a pipe's name, where sh would have no use for it. */
function isPathOfWindows({ text, at }: Cursor, pieces: readonly Piece[]): boolean {
  if (/^\\\\[.?]\\/.test(text.slice(at, at + 4)) || /^\\[.?]\\\w/.test(text.slice(at, at + 4))) return true;
  const before = pieces.at(-1);
  return (
    /^\\[\w.]/.test(text.slice(at, at + 2)) &&
    (/[\w-]/.test(text.charAt(at - 1)) || before?.is === 'variable' || before?.is === 'nested')
  );
}

/** The `|` of `IMAGE[:TAG|@DIGEST]`: within brackets that this word opens and closes. */
function isAlternative({ text, at }: Cursor, start: number): boolean {
  if (text.charAt(at) !== '|') return false;
  const opened = /\[[^\][\s|]*$/.test(text.slice(Math.max(start, at - 60), at).replaceAll('|', '-'));
  return opened && /^\|[^\][\s|;&()]+(?:\|[^\][\s|;&()]+)*\]/.test(text.slice(at, at + 80));
}

/** `(docker ps -aq)` as a word. */
function readParentheses(cursor: Cursor): Word {
  const start = cursor.at;
  const inner: Cursor = { text: cursor.text, at: start + 1, end: cursor.end, depth: deeper(cursor) };
  const line = readCommands(inner, { start, end: start + 1 });
  cursor.at = inner.at;
  const source = cursor.text.slice(start, cursor.at);
  return { pieces: [{ is: 'nested', line, quoted: false, source, start, end: cursor.at }], start, end: cursor.at };
}

function readDoubleQuotes(cursor: Cursor, pieces: Piece[]): void {
  const open = cursor.at++;
  const before = pieces.length;
  while (cursor.at < cursor.end) {
    const from = cursor.at;
    const char = cursor.text.charAt(from);
    const run = match(quotedRun, cursor);
    if (run !== undefined) {
      cursor.at += run.length;
      pieces.push({ is: 'text', text: run, quoted: true, start: from, end: cursor.at });
    } else if (char === '"') {
      cursor.at++;
      if (pieces.length === before) pieces.push({ is: 'text', text: '', quoted: true, start: open, end: cursor.at });
      return;
    } else if (char === '\\') {
      const next = cursor.text.charAt(from + 1);
      const escapes = from + 1 < cursor.end && '$`"\\\n'.includes(next);
      cursor.at += escapes ? 2 : 1;
      if (next !== '\n')
        pieces.push({ is: 'text', text: escapes ? next : '\\', quoted: true, start: from, end: cursor.at });
    } else readDollar(cursor, pieces, true);
  }
  throw unclosed('"', open);
}

function unclosed(mark: string, at: number): CommandError {
  return new CommandError(
    'unclosed-quote',
    `this ${mark} is never closed`,
    { start: at, end: at + 1 },
    {
      hint: `add the closing ${mark}, or put \\ in front of it if it is meant as a character`,
    },
  );
}

const named = /\$(?:([A-Za-z_][A-Za-z0-9_]*)|([0-9@*#?$!-]))/y;
const braced = /\$\{(?:env:)?([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-+=?])([^{}]{0,500}))?\}/y;
const bracedOther = /\$\{[^{}\n]{1,200}\}/y;

/** `$NAME`, `${NAME…}`, `$(…)`, `$((…))` and backticks. */
function readDollar(cursor: Cursor, pieces: Piece[], quoted: boolean): void {
  const start = cursor.at;
  const { text } = cursor;
  if (text.charAt(start) === '`') return readBackticks(cursor, pieces, quoted);
  if (text.startsWith('$(', start)) {
    const inner: Cursor = { text, at: start + 2, end: cursor.end, depth: deeper(cursor) };
    const line = readCommands(inner, { start, end: start + 2 });
    cursor.at = inner.at;
    const source = text.slice(start, cursor.at);
    pieces.push({ is: 'nested', line, quoted, source, start, end: cursor.at });
    return;
  }
  const filledIn = match(expression, cursor);
  if (filledIn !== undefined) {
    cursor.at += filledIn.length;
    pieces.push({ is: 'placeholder', source: filledIn, start, end: cursor.at });
    return;
  }
  const pattern = [named, braced, bracedOther].find((candidate) => match(candidate, cursor) !== undefined);
  if (pattern === undefined) {
    cursor.at++;
    pieces.push({ is: 'text', text: '$', quoted: true, start, end: cursor.at });
    return;
  }
  pattern.lastIndex = start;
  const found = pattern.exec(text);
  const source = found?.[0] ?? '$';
  cursor.at += source.length;
  const common = { is: 'variable', quoted, source, start, end: cursor.at } as const;
  const name = found?.[1];
  if (name === undefined) pieces.push({ ...common, name: source.slice(1), operator: 'other' });
  else if (found?.[2] === undefined) pieces.push({ ...common, name });
  else pieces.push({ ...common, name, operator: found[2] as ':-', fallback: found[3] ?? '' });
}

function readBackticks(cursor: Cursor, pieces: Piece[], quoted: boolean): void {
  const start = cursor.at;
  let close = start + 1;
  while (close < cursor.end && cursor.text.charAt(close) !== '`') close += cursor.text.charAt(close) === '\\' ? 2 : 1;
  if (close >= cursor.end)
    throw new CommandError(
      'unclosed-substitution',
      'this ` is never closed',
      { start, end: start + 1 },
      { hint: 'add the closing `' },
    );
  const line = readCommands({ text: cursor.text, at: start + 1, end: close, depth: deeper(cursor) }, undefined);
  cursor.at = close + 1;
  pieces.push({ is: 'nested', line, quoted, source: cursor.text.slice(start, cursor.at), start, end: cursor.at });
}

function deeper(cursor: Cursor): number {
  if (cursor.depth < deepest) return cursor.depth + 1;
  const span = { start: cursor.at, end: cursor.at + 1 };
  throw new CommandError('nested-too-deep', `commands are nested more than ${String(deepest)} deep here`, span, {
    hint: 'run the inner commands first',
  });
}
