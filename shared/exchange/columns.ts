import type { EventName } from '#shared/domain/event.ts';

/**
 * Kinds of columns by what they hold. `guarded` texts always stand behind an apostrophe in the registry's
 * file; `name`, `text` and `url` differ in the length they may have; `duration` is a fraction of a day.
 */
export const COLUMN_KINDS = [
  'name',
  'text',
  'guarded',
  'url',
  'integer',
  'timestamp',
  'duration',
  'enum',
  'yesNo',
] as const;
/** See {@link COLUMN_KINDS}. */
export type RegistryColumnKind = (typeof COLUMN_KINDS)[number];

const ANSWER = ['reply_published'] as const satisfies readonly EventName[];
const TURN = ['routed', 'returned_to_centre', 'reopened'] as const satisfies readonly EventName[];
const END = ['closed', 'reopened', 'rejected', 'merged', 'unmerged'] as const satisfies readonly EventName[];
const TURN_ANSWER = ['routed', ...ANSWER] as const;
const APPROVAL = ['routed', 'reply_submitted', 'reply_approved', 'reply_sent_back', ...ANSWER] as const;
const MOVES = [...TURN, ...END, ...APPROVAL, 'taken_to_work', 'satisfaction_reached', 'deferred'] as const;

/**
 * The 47 columns of the registry's export in its order. `events` are those a cell comes from: after one of
 * them happened here, a cell kept from the file is no longer given back but computed. No events: nothing done
 * here changes the cell. Source: a real export of 39 rows and two independent loaders of larger ones.
 */
const TABLE = [
  ['A', 'cabinet', 'Кабинет', 'name', []],
  ['B', 'id', 'ID', 'integer', []],
  ['C', 'number', 'Номер инцидента', 'integer', []],
  ['D', 'agency', 'Отдел', 'name', TURN],
  ['E', 'unit', 'Исполнитель', 'name', TURN],
  ['F', 'firstReplyAt', 'Общее время первого ответа', 'timestamp', ANSWER],
  ['G', 'firstReplyText', 'Общий текст первого ответа', 'guarded', ANSWER],
  ['H', 'firstReplyWall', 'Время с даты создания инцидента до времени первого ответа', 'duration', ANSWER],
  [
    'I',
    'firstReplyWorking',
    'Время с даты создания инцидента до времени первого ответа, рабочее время',
    'duration',
    ANSWER,
  ],
  ['J', 'assignedAt', 'Время назначения последнего исполнителя', 'timestamp', TURN],
  ['K', 'agencyReplyAt', 'Время 1го ответа ПИ', 'timestamp', TURN_ANSWER],
  ['L', 'agencyReaction', 'Первая реакция с момента назн. ПИ', 'duration', APPROVAL],
  ['M', 'agencyInTime', 'Уложились или нет после назн. ПИ', 'enum', TURN_ANSWER],
  ['N', 'lifetime', 'Время с начала создания инцидента до окончания', 'duration', END],
  ['O', 'submittedAt', 'Время отправки первого ответа ПИ на согласование', 'timestamp', APPROVAL],
  ['P', 'approvalTime', 'Время, которое первый ответ ПИ находился на согласовании', 'duration', APPROVAL],
  ['Q', 'step', 'Текущий шаг инцидента', 'enum', MOVES],
  ['R', 'createdAt', 'Дата создания', 'timestamp', []],
  ['S', 'closedAt', 'Дата окончания', 'timestamp', END],
  ['T', 'group', 'Группа тем', 'name', ['classified']],
  ['U', 'topic', 'Тема', 'name', ['classified']],
  ['V', 'region', 'Регион', 'name', []],
  ['W', 'municipality', 'Муниципалитет', 'name', ['placed']],
  ['X', 'settlement', 'Населенный пункт', 'name', ['placed']],
  ['Y', 'street', 'Улица', 'name', ['placed']],
  ['Z', 'house', 'Дом', 'name', ['placed']],
  ['AA', 'oldObject', 'Объект старый', 'name', []],
  ['AB', 'object', 'Объект', 'name', ['placed']],
  ['AC', 'type', 'Тип инцидента', 'enum', ['typed']],
  ['AD', 'outcome', 'Итог', 'enum', ['outcome_set', 'reopened']],
  ['AE', 'replyHasMedia', 'Есть медиафайл в ответе', 'yesNo', ANSWER],
  ['AF', 'messageHasMedia', 'Есть медиафайл в сообщении', 'yesNo', []],
  ['AG', 'postUrl', 'Урл поста', 'url', []],
  ['AH', 'placeUrl', 'Урл блога', 'url', []],
  ['AI', 'text', 'Текст инцидента', 'guarded', []],
  ['AJ', 'reply1', '1ый ответ ПИ', 'guarded', TURN_ANSWER],
  ['AK', 'reply2', '2ой ответ ПИ', 'guarded', TURN_ANSWER],
  ['AL', 'reply3', '3ий ответ ПИ', 'guarded', TURN_ANSWER],
  ['AM', 'closingReason', 'Причина закрытия', 'enum', [...END, 'survey_recorded']],
  ['AN', 'audience', 'Аудитория', 'integer', []],
  ['AO', 'engagement', 'Вовлеченность', 'integer', []],
  ['AP', 'authorUrl', 'URL автора', 'url', []],
  ['AQ', 'account', 'Аккаунт публикации ответа', 'url', ANSWER],
  ['AR', 'tags', 'Теги', 'text', ['tagged']],
  ['AS', 'notes', 'Примечание', 'text', ['noted']],
  [
    'AT',
    'satisfactionAt',
    'Время попадания на шаг оценка удовлетворенности',
    'timestamp',
    [...ANSWER, 'satisfaction_reached', 'reopened'],
  ],
  ['AU', 'surveySent', 'Опрос отправлен', 'yesNo', ['survey_recorded']],
] as const satisfies readonly (readonly [string, string, string, RegistryColumnKind, readonly EventName[]])[];

/** A column's name in our code. */
export type ColumnKey = (typeof TABLE)[number][1];

/** One column of the export. */
export interface RegistryColumn {
  /** Its place in the registry's order, as a spreadsheet letters it. */
  readonly letter: string;
  readonly key: ColumnKey;
  /** As the registry writes it, to the letter. */
  readonly header: string;
  readonly kind: RegistryColumnKind;
  /** Events its cell comes from; see the table. */
  readonly events: readonly EventName[];
}

/** See the table above. */
export const COLUMNS: readonly RegistryColumn[] = TABLE.map(([letter, key, header, kind, events]) => ({
  letter,
  key,
  header,
  kind,
  events,
}));

/** Columns by their name in our code. */
export const COLUMN = Object.fromEntries(COLUMNS.map((column) => [column.key, column])) as Readonly<
  Record<ColumnKey, RegistryColumn>
>;

/** Without one of these a file cannot be read at all. */
export const MANDATORY: readonly ColumnKey[] = ['number', 'createdAt', 'text'];

/**
 * A cell in our own form: texts without guard and with real line breaks, moments as `YYYY-MM-DD HH:MM:SS`.
 * Empty is ''.
 */
export type CellValue = string | number;

/** The known cells of one row; a column the file does not have is not there at all. */
export type KnownCells = Readonly<Partial<Record<ColumnKey, CellValue>>>;

/** One row of a file in our own form. */
export interface ExchangeRow {
  readonly known: KnownCells;
  /** Columns we do not know, by header; given back as they came. */
  readonly unknown: Readonly<Record<string, CellValue>>;
  /** Cells whose form in the file is not the one we write; see cell-form.ts. */
  readonly forms?: Readonly<Record<string, string | number | null>>;
  /** Set where a person said how a cell of this row is to be read. */
  readonly isInterpreted?: boolean;
}
