/**
 * Markup that is already safe to put on a page. Made only by `html`, so that text is escaped once and exactly
 * once.
 */
export interface Html {
  readonly markup: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made harmless for element content and quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

type Piece = string | number | null | Html | readonly Html[];

/** Tagged template: every value is escaped unless it is itself `Html`. */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return {
    markup: strings.reduce(
      (page, part, index) => page + part + (index < values.length ? render(values[index]) : ''),
      '',
    ),
  };
}

function render(value: Piece | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map((part) => part.markup).join('');
}

/** Takes out what stands between `<` and the next `>`; a `<` that nothing closes stays with all behind it. */
function withoutTags(markup: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let open = markup.indexOf('<'); open >= 0; open = markup.indexOf('<', from)) {
    const close = markup.indexOf('>', open);
    if (close < 0) break;
    parts.push(markup.slice(from, open));
    from = close + 1;
  }
  return parts.join('') + markup.slice(from);
}

/** Gives the text a person reads in it: no tags, no entities, spaces as they are shown. */
export const textOf = ({ markup }: Html): string =>
  Object.entries(ESCAPES)
    .reduceRight((text, [sign, entity]) => text.replaceAll(entity, sign), withoutTags(markup))
    .replaceAll(/[ \t\n]+/g, ' ')
    .trim();
