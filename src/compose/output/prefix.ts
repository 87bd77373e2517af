/** The name in front of each line of output: `web-1  | `, as wide as the longest. */
export function prefixer(names: readonly string[], none: boolean): (name: string) => (line: string) => string {
  const width = Math.max(0, ...names.map((name) => name.length)) + 1;
  return (name) => (line) => (none ? line : `${name.padEnd(width)} | ${line}`);
}
