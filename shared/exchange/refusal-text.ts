import { assertNever } from '#shared/domain/must.ts';
import type { Language } from '#shared/text/duration.ts';
import type { FileRefusal, RowError, RowErrorKind, RowWarning, RowWarningKind } from './refusals.ts';

const ROW: Readonly<Record<Language, Readonly<Record<RowErrorKind, string>>>> = {
  ru: {
    missing_value: 'нет обязательного значения',
    broken_date: 'дата не читается, нужна вида 2025-12-17 20:11:05',
    ambiguous_date: 'неясно, где здесь день, а где месяц; нужна вида 2025-12-17 20:11:05',
    bad_number: 'здесь должно быть число',
    too_long: 'значение слишком длинное',
    error_cell: 'в ячейке ошибка таблицы, а не значение',
    duplicate_id: 'этот ID уже был в файле, взята первая строка',
    duplicate_number: 'этот номер уже был в файле, взята первая строка',
    changed_here: 'строка изменилась, но с инцидентом здесь уже работали; оставлено как есть',
  },
  en: {
    missing_value: 'a mandatory value is missing',
    broken_date: 'the date cannot be read; it should look like 2025-12-17 20:11:05',
    ambiguous_date: 'day and month cannot be told apart; it should look like 2025-12-17 20:11:05',
    bad_number: 'a number is needed here',
    too_long: 'the value is too long',
    error_cell: "the cell holds a spreadsheet's error instead of a value",
    duplicate_id: 'this ID was already in the file; the first row was taken',
    duplicate_number: 'this number was already in the file; the first row was taken',
    changed_here: 'the row has changed, but the incident has been worked on here; it was left as it is',
  },
};

const WARNING: Readonly<Record<Language, Readonly<Record<RowWarningKind, string>>>> = {
  ru: {
    no_value: 'прочерк; читается как пустая ячейка',
    error_cell: 'ошибка таблицы вместо значения; читается как пустая ячейка',
    too_long: 'значение слишком длинное; хранится как есть, но не показывается',
    unread_number: 'не читается как число; хранится как есть',
    rounded_number: 'число округлено; прочитано приближённо',
    unread_span: 'не читается как длительность; хранится как есть',
    broken_date: 'дата не читается; хранится как есть',
    ambiguous_date: 'неясно, где здесь день, а где месяц; хранится как есть',
    closed_before_created: 'дата окончания раньше даты создания; хранится как есть',
    unknown_step: 'незнакомый шаг; определён по остальным столбцам',
    unknown_word: 'незнакомое слово; хранится как есть',
    long_text: 'текст намного длиннее остальных; проверьте, не попали ли в него другие строки',
  },
  en: {
    no_value: 'a dash; read as an empty cell',
    error_cell: "a spreadsheet's error instead of a value; read as an empty cell",
    too_long: 'the value is too long; kept as it is, but not shown',
    unread_number: 'cannot be read as a number; kept as it is',
    rounded_number: 'a rounded number; read approximately',
    unread_span: 'cannot be read as a time span; kept as it is',
    broken_date: 'the date cannot be read; kept as it is',
    ambiguous_date: 'day and month cannot be told apart; kept as it is',
    closed_before_created: 'the end is earlier than the creation; kept as it is',
    unknown_step: 'an unknown step; told from the other columns',
    unknown_word: 'an unknown word; kept as it is',
    long_text: 'the text is much longer than the others; see whether other rows have got into it',
  },
};

const FILE: Readonly<Record<Language, Readonly<Record<FileRefusal['kind'], string>>>> = {
  ru: {
    empty_file: 'Файл пуст.',
    not_a_table: 'Это не xlsx и не csv.',
    old_excel: 'Это файл старого Excel (xls). Сохраните его как xlsx.',
    encrypted: 'Файл защищён паролем. Снимите пароль и повторите.',
    damaged: 'Файл повреждён',
    too_large_unpacked: 'Файл распаковывается в непомерный объём, он не принят',
    cell_too_long: 'Слишком длинная ячейка, строка',
    too_many_columns: 'Слишком много столбцов, строка',
    no_header_row: 'В первых строках нет заголовков столбцов реестра.',
    missing_columns: 'Нет обязательных столбцов',
  },
  en: {
    empty_file: 'The file is empty.',
    not_a_table: 'This is neither xlsx nor csv.',
    old_excel: 'This is an old Excel file (xls). Save it as xlsx.',
    encrypted: 'The file is protected by a password. Remove it and try again.',
    damaged: 'The file is damaged',
    too_large_unpacked: 'The file unpacks to an unreasonable size and was not taken',
    cell_too_long: 'A cell is too long, row',
    too_many_columns: 'Too many columns, row',
    no_header_row: "There are no headers of the registry's columns in the first rows.",
    missing_columns: 'Mandatory columns are missing',
  },
};

const WHERE = { ru: ['строка', 'столбец'], en: ['row', 'column'] } as const;

/** Why the row was not taken, without the place. */
export const rowErrorReason = (kind: RowErrorKind, language: Language): string => ROW[language][kind];

/** What is odd in a row that was taken, without the place. */
export const rowWarningReason = (kind: RowWarningKind, language: Language): string => WARNING[language][kind];

/** One line about a refused row: «строка 5, столбец «Дата создания»: дата не читается… («вчера»)». */
export const rowErrorText = (error: RowError, language: Language): string =>
  placed(error, ROW[language][error.kind], language);

/** One line about an odd cell of a row that was taken. */
export const rowWarningText = (warning: RowWarning, language: Language): string =>
  placed(warning, WARNING[language][warning.kind], language);

function placed({ row, column, value }: Omit<RowError, 'kind'>, reason: string, language: Language): string {
  const [rowWord, columnWord] = WHERE[language];
  const place = column === '' ? `${rowWord} ${row}` : `${rowWord} ${row}, ${columnWord} «${column}»`;
  return `${place}: ${reason}${value === '' ? '' : ` («${value}»)`}`;
}

/** One line about a file that cannot be read. */
export function fileRefusalText(refusal: FileRefusal, language: Language): string {
  const sentence = FILE[language][refusal.kind];
  switch (refusal.kind) {
    case 'damaged':
    case 'too_large_unpacked':
      return `${sentence}: ${refusal.part}.`;
    case 'cell_too_long':
    case 'too_many_columns':
      return `${sentence} ${refusal.row}.`;
    case 'missing_columns':
      return `${sentence}: ${refusal.columns.map((name) => `«${name}»`).join(', ')}.`;
    case 'empty_file':
    case 'not_a_table':
    case 'old_excel':
    case 'encrypted':
    case 'no_header_row':
      return sentence;
    default:
      return assertNever(refusal);
  }
}
