/** What the files of src/ import and reach for, read from the source itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

export interface Import {
  /** From the top of the project: `src/plan/ask.ts`. */
  readonly file: string;
  /** As written for packages (`dockerode`, `node:fs`), else from the top of the project. */
  readonly target: string;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly imports: readonly Import[];
  /** Through what a file reaches the world outside, time zone and language included, as written: `process`, `Date.now`, `date.getHours`. */
  readonly reaches: readonly string[];
  /** Whether the file only hands on what others export. */
  readonly barrel: boolean;
}

export function sourceFiles(): readonly SourceFile[] {
  const entries = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return paths.filter((path) => path.endsWith('.ts')).map(readSource);
}

/** Through what code reaches the world outside. */
export function reachesOf(code: string): readonly string[] {
  return readCode('src/code.ts', code).reaches;
}

function readSource(path: string): SourceFile {
  return readCode(path, readFileSync(path, 'utf8'));
}

function readCode(path: string, code: string): SourceFile {
  const source = ts.createSourceFile(path, code, ts.ScriptTarget.ES2023, true);
  const imports: Import[] = [];
  const reaches = new Set<string>();
  const visit = (node: ts.Node): void => {
    const found = importIn(node, path);
    if (found) imports.push(found);
    const reach = reachIn(node);
    if (reach !== undefined) reaches.add(reach);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const barrel = source.statements.length > 0 && source.statements.every(handsOn);
  return { path: relative(root, path), imports, reaches: [...reaches], barrel };
}

function importIn(node: ts.Node, path: string): Import | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return toImport(path, node.moduleSpecifier.text, isTypeOnly(node.importClause), false);
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return toImport(path, node.moduleSpecifier.text, node.isTypeOnly, false);
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [target] = node.arguments;
    const name = target && ts.isStringLiteralLike(target) ? target.text : 'computed';
    return toImport(path, name, false, true);
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return toImport(path, node.argument.literal.text, true, false);
  }
  return undefined;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return !clause.name && !!named && ts.isNamedImports(named) && named.elements.every((element) => element.isTypeOnly);
}

function toImport(path: string, target: string, typeOnly: boolean, dynamic: boolean): Import {
  const there = target.startsWith('.') ? relative(root, resolve(dirname(path), target)) : target;
  return { file: relative(root, path), target: there, typeOnly, dynamic };
}

const outside = new Set([
  'process',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'performance',
  'console',
  'crypto',
  'require',
  'globalThis',
  'Intl',
]);

/** Answers that depend on the time zone or the language of the machine. */
const local =
  /^(?:[gs]et(?:Hours|Minutes|Seconds|Milliseconds|Date|Day|Month|FullYear|Year)|getTimezoneOffset|toLocale\w+|localeCompare|to(?:Date|Time)String)$/;

function reachIn(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date') return dateReach(node.arguments?.length ?? 0);
  if (ts.isPropertyAccessExpression(node))
    return ['Date.now', 'Math.random'].includes(node.getText()) || local.test(node.name.text)
      ? node.getText()
      : undefined;
  return ts.isIdentifier(node) && outside.has(node.text) && isFree(node) ? node.text : undefined;
}

/** Without arguments it reads the clock; year, month and so on are in the zone of the machine. */
function dateReach(count: number): string | undefined {
  if (count === 0) return 'new Date()';
  return count > 1 ? 'new Date(year, month, …)' : undefined;
}

/** Not the name of a property, a member or a declaration: the global itself. */
function isFree(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return ts.isExpression(parent) || ts.isShorthandPropertyAssignment(parent);
}

function handsOn(statement: ts.Statement): boolean {
  return ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined;
}
