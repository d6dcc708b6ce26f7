/**
 * Cells that a spreadsheet or a program puts where it has nothing: dashes, «н/д», `NaN` of pandas, `NULL` of
 * a database.
 */
const EMPTY =
  /^(?:[-–—−‒_.?]{1,3}|н\/?д|н\.\s?д\.?|нет данных|не указан[оа]?|не определен[оа]?|пусто|\(пусто\)|n\/?a|<na>|nan|nat|null|none|nil|undefined|\(blank\))$/;

/** Errors of Excel, LibreOffice and Google Sheets in English and in Russian: a formula gave no value. */
const ERROR =
  /^(?:#(?:n\/a|н\/д|value!|знач!|ref!|ссылка!|div\/0!|дел\/0!|name\?|имя\?|num!|число!|null!|пусто!|spill!|перенос!|calc!|выч!|getting_data|error!|ошибка!|#+)|err:\d{3})$/;

/** Longer cells are never one of these words. */
const MAX_WORD = 20;

const wordOf = (text: string): string =>
  text.length > MAX_WORD ? '' : text.replace(/^'/, '').trim().toLowerCase().replaceAll('ё', 'е');

/** Tells whether a cell says that there is nothing. */
export const isEmptyWord = (text: string): boolean => EMPTY.test(wordOf(text));

/** Tells whether a cell holds a spreadsheet's error in place of its value. */
export const isErrorWord = (text: string): boolean => ERROR.test(wordOf(text));
