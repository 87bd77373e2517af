/** What the terminal can do, from the environment. Nothing is asked of the terminal itself. */

/** What is written to. */
export interface Display {
  readonly colour: boolean;
  /** Box lines, ticks and arrows; else ASCII. */
  readonly unicode: boolean;
  /** Width to lay out for, 40 at least: that of the window now. */
  readonly columns: number;
}

export interface Terminal extends Display {
  /** A spinner may be drawn and erased on stderr. */
  readonly live: boolean;
  /** Somebody can be asked: keys and answers come from a person. */
  readonly interactive: boolean;
  /** Height of the window now; absent where it has none. */
  readonly rows?: number | undefined;
}

interface Stream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly stdin: Stream;
  readonly stdout: Stream;
  readonly stderr: Stream;
}

export function terminalOf(around: Surroundings): Terminal {
  const { env, stdout, stderr } = around;
  const ci = isSet(env['CI']) && env['CI'] !== 'false' && env['CI'] !== '0';
  return {
    ...displayOf(around),
    get columns() {
      return columnsOf(env, stdout);
    },
    get rows() {
      return (stdout.rows ?? 0) > 0 ? stdout.rows : undefined;
    },
    // A pseudo-terminal that was given no size says 0 columns: ora 9.4 would clear infinitely many lines there.
    live: stderr.isTTY === true && (stderr.columns ?? 0) > 0 && takesEscapes(env) && !ci,
    // stdin comes last: opening it costs milliseconds, which a pipe need not pay
    interactive: stdout.isTTY === true && !ci && around.stdin.isTTY === true,
  };
}

export function displayOf({ env, platform, stdout }: Pick<Surroundings, 'env' | 'platform' | 'stdout'>): Display {
  return {
    colour: wantsColour(env, stdout.isTTY === true && takesEscapes(env)),
    unicode: speaksUnicode(env, platform),
    get columns() {
      return columnsOf(env, stdout);
    },
  };
}

/** NO_COLOR promises more here than no-color.org asks: no escape sequence at all, so no spinner either. */
function takesEscapes(env: Surroundings['env']): boolean {
  return !isSet(env['NO_COLOR']) && env['TERM'] !== 'dumb';
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

/**
 * NO_COLOR first, then FORCE_COLOR, then CLICOLOR_FORCE and CLICOLOR, then what the stream is. https://no-color.org,
 * https://force-color.org, https://bixense.com/clicolors
 */
function wantsColour(env: Surroundings['env'], capable: boolean): boolean {
  if (isSet(env['NO_COLOR'])) return false;
  const forced = env['FORCE_COLOR'];
  if (forced === '0' || forced === 'false') return false;
  if (forced !== undefined) return true;
  const always = env['CLICOLOR_FORCE'];
  if (isSet(always) && always !== '0') return true;
  return capable && env['CLICOLOR'] !== '0';
}

function columnsOf(env: Surroundings['env'], stdout: Stream): number {
  const told = stdout.columns ?? Number.parseInt(env['COLUMNS'] ?? '', 10);
  return Math.max(40, told > 0 ? told : 80);
}

function speaksUnicode(env: Surroundings['env'], platform: NodeJS.Platform): boolean {
  if (platform === 'win32') {
    return (
      isSet(env['WT_SESSION']) || env['TERM_PROGRAM'] === 'vscode' || isSet(env['ConEmuTask']) || isSet(env['TERM'])
    );
  }
  // The Linux console has 256 or 512 glyphs and no braille.
  if (env['TERM'] === 'linux') return false;
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(isSet);
  return locale === undefined || /utf-?8/i.test(locale);
}
