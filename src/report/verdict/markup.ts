/** XML and HTML in which every text is escaped: only what this tag has made goes in as it is. Pure. */

export interface Markup {
  readonly markup: string;
}

type Value = string | number | Markup | readonly Markup[];

/** markup`<td>${text}</td>` */
export function markup(pieces: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const texts = values.map((value) => {
    if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
    return 'markup' in value ? value.markup : value.map((one) => one.markup).join('');
  });
  return { markup: pieces.map((piece, i) => piece + (texts[i] ?? '')).join('') };
}

export const nothing: Markup = { markup: '' };

/**
 * Other characters may not be in a document, written as a reference neither: those that XML 1.0 leaves out (section 2.2), and
 * the noncharacters and controls that are errors of parsing in HTML (section 13.2.3.5, "preprocessing the input stream").
 */
const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|\p{Noncharacter_Code_Point}|[\u007f-\u009f]/gu;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(illegal, '\ufffd').replace(/[&<>"']/g, (sign) => references[sign] ?? sign);
}
