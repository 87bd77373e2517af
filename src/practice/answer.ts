/** Whether a value that was typed is the one that was asked for. Pure. */

/** Capitals, quotes, blanks at the ends and commas between thousands make no difference. */
export function isAnswer(typed: string, right: string): boolean {
  return plain(typed) === plain(right);
}

function plain(value: string): string {
  const bare = value
    .trim()
    .replace(/^(["'`])(.*)\1$/, '$2')
    .replace(/\.$/, '')
    .toLowerCase();
  return /^\d{1,3}(?:,\d{3})+$/.test(bare) ? bare.replaceAll(',', '') : bare;
}
