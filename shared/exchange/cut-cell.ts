import type { CellValue } from './columns.ts';

/**
 * Characters a cell of an xlsx may have (Excel's specifications and limits); more, and Excel calls the file
 * damaged.
 */
const MAX_XLSX_CELL = 32_767;

const mark = (length: number): string => ` … [обрезано при выгрузке в xlsx, было знаков: ${length}]`;
const MARK = / … \[обрезано при выгрузке в xlsx, было знаков: \d{5,9}\]$/;
/** The mark is looked for in so many last characters. */
const MARK_ROOM = 80;

/** A text that fits into a cell of an xlsx: a longer one ends with a word that it is cut. */
export function cutText(text: string): string {
  if (text.length <= MAX_XLSX_CELL) return text;
  const word = mark(text.length);
  return text.slice(0, MAX_XLSX_CELL - word.length).toWellFormed() + word;
}

/** Tells whether a text was cut by {@link cutText}. */
export const isCutText = (text: string): boolean => MARK.test(text.slice(-MARK_ROOM));

/** Line breaks may be cut in two, and stand otherwise in a file than in a value. */
const LOOSE_END = 12;

/** The whole of a text that came back cut, where it is known; otherwise the text as it came. */
export function uncut(value: CellValue, whole: CellValue): CellValue {
  if (typeof value !== 'string' || typeof whole !== 'string' || !isCutText(value)) return value;
  const kept = value.replace(MARK, '').slice(0, -LOOSE_END);
  return whole.startsWith(kept) ? whole : value;
}
