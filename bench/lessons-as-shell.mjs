/**
 * Lessons as somebody would write them into a shell script: their commands by the docker CLI, one after the other, their files,
 * and a wait for each page that a step waits for. Nothing else of what they prove is looked at.
 */
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';

/**
 * @typedef {{ path?: string, content?: string, replace?: string, with?: string }} Written
 * @typedef {{ do?: string | string[], write?: Written, given?: string, input?: string[], request?: { port: string, path?: string },
 *   expect?: { http?: { port: string | number, path?: string } }[] }} Step
 * @typedef {{ names?: Record<string, string>, ports?: Record<string, number>, vars?: Record<string, string>, steps: Step[] }} Lesson
 */

const scenarios = fileURLToPath(new URL('../scenarios/', import.meta.url));

/**
 * @param {readonly string[]} ids
 * @param {string} folder a new one; each lesson works in one of its own below it
 * @returns {string} the script
 */
export function lessonsAsShell(ids, folder) {
  const lessons = ids.flatMap((id, i) => lessonAsShell(id, join(folder, id), 21000 + 100 * i));
  return ['#!/bin/sh', ...lessons, 'exit 0', ''].join('\n');
}

/**
 * @param {string} id
 * @param {string} workspace
 * @param {number} firstPort
 */
function lessonAsShell(id, workspace, firstPort) {
  const lesson = /** @type {Lesson} */ (load(readFileSync(join(scenarios, id, 'scenario.yaml'), 'utf8')));
  const values = {
    ...Object.fromEntries(Object.entries(lesson.names ?? {}).map(([name, value]) => [name, `bench-${value}`])),
    ...Object.fromEntries(Object.keys(lesson.ports ?? {}).map((name, i) => [name, String(firstPort + i)])),
    ...lesson.vars,
  };
  const filled = (/** @type {string} */ text) =>
    text.replace(/(?<!\{)\{\{(\w+)\}\}(?!\})/g, (all, /** @type {string} */ name) => values[name] ?? all);
  mkdirSync(workspace, { recursive: true });
  const files = join(scenarios, id, 'files');
  if (existsSync(files)) cpSync(files, workspace, { recursive: true });
  return [
    `cd ${workspace}`,
    ...lesson.steps.filter(({ given }) => given === undefined).flatMap((step) => stepAsShell(step, filled)),
  ];
}

/**
 * @param {Step} step
 * @param {(text: string) => string} filled
 */
function stepAsShell({ do: lines = [], write, input, request, expect = [] }, filled) {
  const commands = [lines]
    .flat()
    .filter((line) => !takesWhatIsNotItsOwn.test(line))
    .map((line) => (input ? `printf '%s\\n' '${input.join("' '")}' | ${filled(line)} --password-stdin` : filled(line)));
  const pages = expect.flatMap(({ http }) => (http ? [page(http, filled)] : []));
  return [...(write ? written(write, filled) : []), ...commands, ...(request ? [page(request, filled)] : []), ...pages];
}

/** The engine is somebody's: docker-tutor keeps these to what the lesson has made, the docker CLI does not. */
const takesWhatIsNotItsOwn = /\bprune\b|^docker rmi (?!.*\{\{)/;

/**
 * @param {{ port: string | number, path?: string }} http
 * @param {(text: string) => string} filled
 */
function page({ port, path = '/' }, filled) {
  return `for try in $(seq 200); do curl -fsS -m 5 http://127.0.0.1:${filled(String(port))}${filled(path)} && break; sleep 0.1; done`;
}

/**
 * @param {Written} file
 * @param {(text: string) => string} filled
 */
function written({ path = '', content, replace, with: by }, filled) {
  if (content === undefined) return [`sed -i 's|${filled(String(replace))}|${filled(String(by))}|' ${filled(path)}`];
  return [`mkdir -p "$(dirname ${filled(path)})"`, `cat > ${filled(path)} << 'WRITTEN'`, `${filled(content)}WRITTEN`];
}
