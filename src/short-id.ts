/** An engine's ids, cut to what is needed to tell them apart. Pure. */

/** 12 digits, as docker prints it (moby, pkg/stringid). */
export function shortId(id: string): string {
  return digits(id).slice(0, 12);
}

/** 16 digits, as a journal keeps it, so that it stays small. */
export function keptId(id: string): string {
  return digits(id).slice(0, 16);
}

/** 7 digits, for a sentence; what is no id is left as it is. */
export function briefId(id: string): string {
  return /^[0-9a-f]{12,}$/.test(digits(id)) ? digits(id).slice(0, 7) : id;
}

/** 64 hexadecimal digits: an id, and what the engine makes up as the name of a volume without one. */
export function isWholeId(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** A text with the whole ids in it cut to the part that people read. */
export function withShortIds(text: string): string {
  return text.replace(/\b[0-9a-f]{64}\b/g, shortId);
}

/** Without the name of a digest's algorithm. */
function digits(id: string): string {
  return id.replace(/^sha256:/, '');
}
