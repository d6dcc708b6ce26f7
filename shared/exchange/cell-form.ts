import { cleanText } from '#shared/text/clean-text.ts';
import { BREAKS, looksLikeFormula, type RawCell } from './cells.ts';
import type { CellValue } from './columns.ts';

/**
 * Cells of a file whose form is not the one we write: line breaks instead of `<br>`, «10.01.2022 9:05», «12,5
 * тыс.», a text without its apostrophe. By the letter of the registry's order, or `=header` for a column we
 * do not know.
 */
export type CellForms = Readonly<Record<string, RawCell>>;

/** Makes the key under which an unknown column's form stands. */
export const unknownFormKey = (header: string): string => `=${header}`;

/** Tells whether two cells look the same in a file; the number 5 and the text «5» do. */
export const isSameCell = (cell: RawCell, other: RawCell): boolean =>
  String(cell ?? '') === String(other ?? '');

/** The cell of a file as it may be kept and given back: storable, and no formula. */
export const safeCell = (raw: RawCell): RawCell => {
  if (typeof raw !== 'string') return raw;
  const text = cleanText(raw);
  // Numbers and spans below zero are told from formulas by having nothing to compute in them.
  return looksLikeFormula(text) && !/^-\d[\d .,:]*$/.test(text) ? `'${text}` : text;
};

/**
 * Packs a cell's form for storing beside the value it was read as. Most differ in nothing but their line
 * breaks; then only those are kept: `:` (and `'` where the cell has the apostrophe), then the breaks, one for
 * all or one each between bars. Any other text stands whole behind `=`, a number is itself.
 */
export function packForm(raw: RawCell, value: CellValue): CellValue {
  if (typeof raw === 'number') return raw;
  const text = raw ?? '';
  const breaks = text.match(BREAKS) ?? [];
  const isUniform = new Set(breaks).size === 1;
  const code = `:${text.startsWith("'") ? "'" : ''}${isUniform ? breaks[0] : breaks.join('|')}`;
  return value !== '' && unpackForm(code, value) === text ? code : `=${text}`;
}

/** Gives the cell back that {@link packForm} packed. */
export function unpackForm(packed: CellValue, value: CellValue): RawCell {
  if (typeof packed === 'number') return packed;
  const rest = packed.slice(1);
  if (!packed.startsWith(':')) return rest === '' ? null : rest;
  const guard = rest.startsWith("'") ? "'" : '';
  const breaks = rest.slice(guard.length).split('|');
  const lines = String(value).split('\n');
  return guard + lines.map((line, at) => line + breakAfter(at, lines.length, breaks)).join('');
}

const breakAfter = (at: number, lines: number, breaks: readonly string[]): string => {
  if (at === lines - 1) return '';
  const own = breaks.length === 1 ? breaks[0] : breaks[at];
  return own === undefined || own === '' ? '<br>' : own;
};
