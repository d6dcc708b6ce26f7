import type { Pictures } from '#shared/domain/photo.ts';
import type { Language } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import type { SheetWords } from './sheet-words.ts';

/** Words, language and photos the parts of the sheet are written with. */
export interface Printing {
  readonly words: SheetWords;
  readonly language: Language;
  /** Photos at hand for the example cases. */
  readonly pictures: Pictures;
}

/** A number (or what it says) that opens the incidents behind it. */
export const figure = (name: string, value: number | string, language: Language): Html =>
  html`<span data-figure="${name}">${typeof value === 'number' ? whole(value, language) : value}</span>`;

/** A sentence of the words with its {names} put in. */
export function fill(sentence: string, values: Readonly<Record<string, Html | string>>): Html {
  const parts = sentence.split(/\{(\w+)\}/);
  const filled = parts.map((part, index) => html`${index % 2 === 0 ? part : (values[part] ?? part)}`);
  return html`${filled}`;
}

/** `1 389` */
export const whole = (value: number, language: Language): string =>
  new Intl.NumberFormat(language).format(value);

/** Whole per cents of a share from 0 to 1, or a dash. */
export const percent = (part: number | null, language: Language): string =>
  part === null
    ? '—'
    : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(part);

/** `+27`, `−4` with a true minus. */
export const signed = (value: number, language: Language): string =>
  new Intl.NumberFormat(language, { signDisplay: 'exceptZero' }).format(value).replace('-', '\u2212');

/** `2022-02-01` as `01.02.2022`, which both languages of the region's papers use. */
export const shortDate = (date: string): string => date.split('-').toReversed().join('.');

/** The dictionary marks urgent topics with a pictogram, which few printers' fonts have. */
export const plainTopic = (topic: string): string => topic.replace(/^[^\p{L}\p{N}«"(]+/u, '');
