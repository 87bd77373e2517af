/** A tar of small files of plain text, as text: what `docker save` would write. Source: the ustar format of POSIX. */
export function savedArchive(files: Readonly<Record<string, string>>): string {
  const entries = Object.entries(files).map(([name, text]) => headerOf(name, text.length) + padded(text));
  return `${entries.join('')}${'\0'.repeat(1024)}`;
}

function headerOf(name: string, size: number): string {
  const field = (text: string, width: number): string => text.padEnd(width, '\0');
  const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;
  const before = field(name, 100) + octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(size, 12) + octal(0, 12);
  const after = `0${field('', 100)}ustar\0` + '00';
  const sum = [...before, ...after].reduce((all, sign) => all + sign.charCodeAt(0), 8 * 32);
  return field(`${before}${sum.toString(8).padStart(6, '0')}\0 ${after}`, 512);
}

function padded(text: string): string {
  return text.padEnd(Math.ceil(text.length / 512) * 512, '\0');
}
