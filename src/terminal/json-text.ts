/** JSON that no terminal acts on. */

// JSON leaves DEL, C1 and overrides of direction as they are; written as \u… the value is the same.
const unescaped = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** One line. */
export function jsonText(value: object): string {
  return JSON.stringify(value).replace(unescaped, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
