/** Words of documentation that stand for something: `CONTAINER`, `<container id>`, `[OPTIONS]`, `...`. */
import type { Field } from './expand.ts';

/** What documentation writes in capitals. A name such as DB or WEB is a name. */
const vocabulary =
  /^(?:CONTAINER|IMAGE|NETWORK|VOLUME|SERVICE|STACK|NODE|TASK|SECRET|CONFIG|PLUGIN|NAME|ID|TAG|REPOSITORY|REPO|USER|USERNAME|PASSWORD|TOKEN|REGISTRY|HOST|PORT|IP|ADDRESS|PATH|FILE|DIR|FOLDER|URL|DIGEST|SOURCE|TARGET|SRC|DEST|COMMAND|ARG|VERSION|HOSTNAME|MANAGER|WORKER|PROJECT|NEW|OLD|YOUR|MY|DOCKER|DOCKERHUB|HUB|KEY|VALUE)$/;

/** `[OPTIONS]`, `[COMMAND]`, `[ARG...]`, `OPTIONS`: the line is a usage line. */
export function isUsageWord(field: Field): boolean {
  return isUsage(field.text) && !isQuoted(field);
}

/** `...`, `…`, `[...]`: something left out. */
export function isElision(field: Field): boolean {
  return elision.test(field.text) && !isQuoted(field) && !field.segments.some((segment) => segment.unknown);
}

/** `CONTAINER`, `CONTAINER_ID`, `{container}`, `YOUR_NAME/IMAGE:TAG`, `HOST_PORT:80`, `name...`; `<…>` is seen by the reader of words. */
export function isPlaceholder(field: Field): boolean {
  if (isQuoted(field)) return false;
  return field.segments.some((segment) => segment.unknown) || standsForSomething(field.text);
}

/** Text that, without quotes, would be read as one of these. */
export function readsAsDocumentation(text: string): boolean {
  return isUsage(text) || elision.test(text) || standsForSomething(text);
}

export function isElidedText(text: string): boolean {
  return elision.test(text);
}

const usage =
  /^\[(?:OPTIONS?|options?|FLAGS?|flags|COMMAND|command|ARGS?(?:\.{2,3}|…)?|args?(?:\.{3}|…)?|--?[\w-]+)\]?$/;
const elision = /^\[?(?:\.{3}|…)\]?$/;

function isUsage(text: string): boolean {
  return (
    text === 'OPTIONS' ||
    (text.startsWith('[') && (usage.test(text) || /^\[[A-Z_]{2,}(?:\.{2,3}|…)\]$/.test(text) || isForeign(text)))
  );
}

/** `[选项]`, `[opções]`: documentation in another language. */
function isForeign(text: string): boolean {
  return /^\[[^\s\][:|@/$]+\]$/.test(text) && (hasForeignLetter(text) || foreign.test(text));
}

const foreign = /^\[(?:OPCIONES|OPTIONEN|OPZIONI|OPCOES|COMANDO|COMMANDE|BEFEHL)(?:\.{3}|…)?\]$/i;

function hasForeignLetter(text: string): boolean {
  return /[\u00c0-\uffff]/.test(text) && !/[\u2010-\u206f]/.test(text);
}

/** What is no name of an image and was never meant as one: `ALGUMA_IMAGEM`, `镜像`. */
export function isForeignPlaceholder({ text }: Field): boolean {
  return /^[A-Z]+(?:[_-][A-Z]+)*$/.test(text) || hasForeignLetter(text);
}

/** `容器名`: no thing on an engine can be called so. */
export function isNoName(field: Field): boolean {
  return hasForeignLetter(field.text) && !isQuoted(field);
}

function standsForSomething(text: string): boolean {
  if (text.includes('$')) return false;
  if (/\.{3}$|…/.test(text) || /^\{{1,2}[\w .-]+\}{1,2}$/.test(text) || /^\[[\w .:|@/-]+\]$/.test(text)) return true;
  if (bracketed.test(text)) return true;
  return text
    .split(/[^A-Za-z_-]+/)
    .some((word) => /^[A-Z][A-Z_-]*$/.test(word) && word.split(/[_-]/).every((piece) => vocabulary.test(piece)));
}

/** `app:ce-[version]`, `[your-name]/app`: beside other signs, and no range of letters. */
const bracketed =
  /(?:[\w/.:@-]\[[A-Za-z]{2,}(?:[_-][A-Za-z]{2,})*\])|(?:^\[[A-Za-z]{2,}(?:[_-][A-Za-z]{2,})*\][\w/.:@-])/;

function isQuoted(field: Field): boolean {
  return field.segments.every((segment) => segment.quoted && !segment.unknown);
}
