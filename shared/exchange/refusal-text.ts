import { assertNever } from '#shared/domain/must.ts';
import type { Language } from '#shared/text/duration.ts';
import type {
  FileRefusal,
  OtherFormat,
  RowError,
  RowErrorKind,
  RowWarning,
  RowWarningKind,
} from './refusals.ts';

const ROW: Readonly<Record<Language, Readonly<Record<RowErrorKind, string>>>> = {
  ru: {
    missing_value: 'нет обязательного значения',
    broken_date: 'дата не читается, нужна вида 2025-12-17 20:11:05',
    ambiguous_date: 'неясно, где здесь день, а где месяц; нужна вида 2025-12-17 20:11:05',
    bad_number: 'здесь должно быть число',
    too_long: 'значение слишком длинное',
    error_cell: 'в ячейке ошибка таблицы, а не значение',
    broken_quotes:
      'кавычки не сходятся, и где кончаются ячейки, неясно; поставьте в начале и в конце текста по ' +
      'кавычке, а внутри удвойте',
    wrong_cell_count:
      'ячеек не столько, сколько столбцов; проверьте разделители и переводы строк внутри текста',
    cut_row: 'файл обрезан на этой строке; выгрузите его заново',
    repeated_header: 'это снова строка заголовков',
    duplicate_id: 'этот ID уже был в файле, взята первая строка',
    duplicate_number: 'этот номер уже был в файле, взята первая строка',
    changed_here: 'строка изменилась, но с инцидентом здесь уже работали; оставлено как есть',
    incident_full:
      'инцидент стал бы больше, чем может быть: тексты слишком длинны, или строку меняли сотни раз',
  },
  en: {
    missing_value: 'a mandatory value is missing',
    broken_date: 'the date cannot be read; it should look like 2025-12-17 20:11:05',
    ambiguous_date: 'day and month cannot be told apart; it should look like 2025-12-17 20:11:05',
    bad_number: 'a number is needed here',
    too_long: 'the value is too long',
    error_cell: "the cell holds a spreadsheet's error instead of a value",
    broken_quotes:
      'the quotes do not fit, and where the cells end cannot be told; put a quote before and after the ' +
      'text and double those inside',
    wrong_cell_count:
      'there are not as many cells as columns; look at delimiters and line breaks inside texts',
    cut_row: 'the file is cut in this row; export it again',
    repeated_header: 'this is the header row again',
    duplicate_id: 'this ID was already in the file; the first row was taken',
    duplicate_number: 'this number was already in the file; the first row was taken',
    changed_here: 'the row has changed, but the incident has been worked on here; it was left as it is',
    incident_full:
      'the incident would be larger than one may be: texts too long, or hundreds of changes of this row',
  },
};

const WARNING: Readonly<Record<Language, Readonly<Record<RowWarningKind, string>>>> = {
  ru: {
    no_value: 'значения нет; читается как пустая ячейка',
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
    mended_quotes: 'кавычки не сходились; строка прочитана по числу ячеек, проверьте текст',
    joined_lines: 'строку разрывал перевод строки внутри текста; она собрана',
    joined_cells: 'лишний разделитель внутри текста; ячейки собраны',
    short_row: 'в конце строки не хватает ячеек; они прочитаны как пустые',
    no_final_break: 'файл кончается без перевода строки; если он обрезан, последняя строка неполна',
    cut_cell: 'текст обрезан при выгрузке в xlsx; целиком он есть в csv',
  },
  en: {
    no_value: 'no value; read as an empty cell',
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
    mended_quotes: 'the quotes did not fit; the row was read by the number of its cells, look at the text',
    joined_lines: 'a line break inside a text had torn the row; it was put together',
    joined_cells: 'a delimiter too many inside a text; the cells were put together',
    short_row: 'cells are missing at the end of the row; they were read as empty',
    no_final_break: 'the file ends without a line break; if it was cut, the last row is not whole',
    cut_cell: 'the text was cut when it was written as xlsx; a csv has all of it',
  },
};

const SAVE_AS: Readonly<Record<Language, string>> = {
  ru:
    'Откройте файл в Excel или LibreOffice: «Файл», «Сохранить как», тип «Книга Excel (.xlsx)» — и ' +
    'загрузите то, что получилось.',
  en:
    'Open the file in Excel or LibreOffice, choose File → Save As → Excel Workbook (.xlsx), ' +
    'and load the result.',
};

/**
 * Names of the formats files turn out to be, and, where opening it in Excel would not help, what to do
 * instead.
 */
const OTHER: Readonly<Record<Language, Readonly<Record<OtherFormat, string | readonly [string, string]>>>> = {
  ru: {
    html: 'веб-страница (HTML), названная таблицей',
    mhtml: 'веб-страница (MHTML), названная таблицей',
    xml_2003: 'таблица XML 2003',
    xml: ['файл XML', 'Выгрузите реестр как xlsx или csv.'],
    json: ['файл JSON', 'Выгрузите реестр как xlsx или csv.'],
    rtf: ['документ RTF', 'Выгрузите реестр как xlsx или csv.'],
    sylk: 'таблица SYLK (slk)',
    ods: 'таблица OpenDocument (ods)',
    numbers: [
      'таблица Apple Numbers',
      'Откройте её в Numbers: «Файл → Экспортировать в → Excel» — и загрузите xlsx.',
    ],
    xlsb: 'двоичная книга Excel (xlsb)',
    word: ['документ Word', 'Выгрузите реестр как xlsx или csv.'],
    presentation: ['презентация', 'Выгрузите реестр как xlsx или csv.'],
    archive: ['архив', 'Распакуйте его и загрузите файл, который внутри.'],
  },
  en: {
    html: 'a web page (HTML) named as a table',
    mhtml: 'a web page (MHTML) named as a table',
    xml_2003: 'an XML 2003 spreadsheet',
    xml: ['an XML file', 'Export the registry as xlsx or csv.'],
    json: ['a JSON file', 'Export the registry as xlsx or csv.'],
    rtf: ['an RTF document', 'Export the registry as xlsx or csv.'],
    sylk: 'a SYLK spreadsheet (slk)',
    ods: 'an OpenDocument spreadsheet (ods)',
    numbers: [
      'an Apple Numbers spreadsheet',
      'Open it in Numbers, choose File → Export To → Excel, and load the xlsx.',
    ],
    xlsb: 'a binary Excel workbook (xlsb)',
    word: ['a Word document', 'Export the registry as xlsx or csv.'],
    presentation: ['a presentation', 'Export the registry as xlsx or csv.'],
    archive: ['an archive', 'Unpack it and load the file inside.'],
  },
};

const FILE: Readonly<Record<Language, Readonly<Record<FileRefusal['kind'], string>>>> = {
  ru: {
    empty_file: 'Файл пуст.',
    not_a_table: 'Это не xlsx и не csv. Выгрузите реестр как xlsx или csv.',
    other_format: 'Это',
    old_excel: `Это файл старого Excel (xls). ${SAVE_AS.ru}`,
    encrypted: 'Файл защищён паролем. Снимите пароль и повторите.',
    damaged: 'Файл повреждён',
    too_large_unpacked: 'Файл распаковывается в непомерный объём, он не принят',
    cell_too_long: 'Слишком длинная ячейка, строка',
    too_many_columns: 'Слишком много столбцов, строка',
    too_many_rows: 'В файле слишком много строк; разделите его. Прочитано до строки',
    file_too_large: 'Файл слишком большой: можно до 4 ГБ. Разделите его.',
    took_too_long:
      'Загрузка шла слишком долго и остановлена; что взято, то сохранено, загрузите файл снова. ' +
      'Прочитано до строки',
    no_header_row: 'В первых строках нет заголовков столбцов реестра.',
    several_sheets: 'Реестр есть на нескольких листах; укажите, какой загрузить (--sheet «ИМЯ»)',
    no_sheet: 'Такого листа в книге нет; есть',
    missing_columns: 'Нет обязательных столбцов',
  },
  en: {
    empty_file: 'The file is empty.',
    not_a_table: 'This is neither xlsx nor csv. Export the registry as xlsx or csv.',
    other_format: 'This is',
    old_excel: `This is an old Excel file (xls). ${SAVE_AS.en}`,
    encrypted: 'The file is protected by a password. Remove it and try again.',
    damaged: 'The file is damaged',
    too_large_unpacked: 'The file unpacks to an unreasonable size and was not taken',
    cell_too_long: 'A cell is too long, row',
    too_many_columns: 'Too many columns, row',
    too_many_rows: 'There are too many rows in the file; split it. Read up to row',
    file_too_large: 'The file is too large: at most 4 GB. Split it.',
    took_too_long:
      'Loading took too long and was stopped; what was taken is kept, load the file again. Read up to row',
    no_header_row: "There are no headers of the registry's columns in the first rows.",
    several_sheets: 'Several sheets have the registry; say which to load (--sheet NAME)',
    no_sheet: 'There is no such sheet in the workbook; there are',
    missing_columns: 'Mandatory columns are missing',
  },
};

const WHERE = { ru: ['строка', 'столбец'], en: ['row', 'column'] } as const;

/** The sentence why a row was not taken, without its place. */
export const rowErrorReason = (kind: RowErrorKind, language: Language): string => ROW[language][kind];

/** The sentence about what is odd in a row that was taken, without its place. */
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
    case 'too_many_rows':
    case 'took_too_long':
      return `${sentence} ${refusal.row}.`;
    case 'other_format': {
      const words = OTHER[language][refusal.format];
      const [format, advice] = typeof words === 'string' ? [words, SAVE_AS[language]] : words;
      return `${sentence} ${format}. ${advice}`;
    }
    case 'several_sheets':
    case 'no_sheet':
      return `${sentence}: ${refusal.sheets.map((name) => `«${name}»`).join(', ')}.`;
    case 'missing_columns':
      return `${sentence}: ${refusal.columns.map((name) => `«${name}»`).join(', ')}.`;
    case 'empty_file':
    case 'not_a_table':
    case 'old_excel':
    case 'encrypted':
    case 'no_header_row':
    case 'file_too_large':
      return sentence;
    default:
      return assertNever(refusal);
  }
}
