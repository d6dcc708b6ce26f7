import { COLUMN, COLUMNS, MANDATORY, type ColumnKey } from './columns.ts';
import { isReservedName } from './kept-names.ts';

/**
 * The meaning of a file's column: one of ours, or one to be kept by name; null for a column without header.
 */
export type ColumnTarget = { readonly known: ColumnKey } | { readonly unknown: string } | null;

/** The meaning of all columns of a file; `targets` has one entry a column of the file. */
export interface HeaderMap {
  readonly headers: readonly string[];
  readonly targets: readonly ColumnTarget[];
  /** Mandatory columns the file lacks: it cannot be imported. */
  readonly missing: readonly ColumnKey[];
  /** Without «ID» a row is known by its number alone. */
  readonly lacksId: boolean;
  /** Headers that say the same as an earlier one; such columns are kept by name. */
  readonly repeated: readonly string[];
}

/** A person's corrections: index of the file's column -> what it is; null to keep it by name only. */
export type MappingChoice = Readonly<Record<number, ColumnKey | null>>;

/** Other names under which loaders and older exports know the columns. */
const ALIASES: Readonly<Partial<Record<ColumnKey, readonly string[]>>> = {
  cabinet: ['Аккаунт ИМ'],
  id: ['ID инцидента', 'Id'],
  number: ['Номер', '№', '№ инцидента', 'Номер обращения'],
  agency: ['Подразделение', 'Ведомство', 'Орган'],
  step: ['Текущий шаг', 'Шаг', 'Шаг инцидента', 'Статус'],
  createdAt: ['Дата создания инцидента', 'Создан', 'Дата и время создания'],
  closedAt: ['Дата закрытия', 'Дата окончания инцидента'],
  group: ['Группа темы', 'Группа'],
  municipality: ['Муниципальное образование'],
  type: ['Тип'],
  outcome: ['Итог инцидента', 'Результат'],
  text: ['Текст', 'Текст сообщения', 'Текст обращения'],
  reply1: ['1-ый ответ ПИ', 'Первый ответ ПИ'],
  reply2: ['2-ой ответ ПИ', 'Второй ответ ПИ'],
  reply3: ['3-ий ответ ПИ', 'Третий ответ ПИ'],
  postUrl: ['URL поста', 'Ссылка на пост', 'Ссылка'],
  placeUrl: ['URL блога'],
  authorUrl: ['Урл автора', 'Ссылка на автора'],
  notes: ['Примечания', 'Комментарий'],
  tags: ['Тег'],
};

/** A header without what differs between exports: letter case, ё, spaces, hyphens, dots and quotes. */
export const headerKey = (header: string): string =>
  header
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{N}№]+/gu, '');

const BY_KEY: ReadonlyMap<string, ColumnKey> = new Map([
  ...Object.entries(ALIASES).flatMap(([key, names]) =>
    names.map((name): [string, ColumnKey] => [headerKey(name), key as ColumnKey]),
  ),
  ...COLUMNS.map(({ header, key }): [string, ColumnKey] => [headerKey(header), key]),
]);

/** The column a header names, in any of its spellings; null when we know none. */
export const columnKeyOf = (header: string): ColumnKey | null => BY_KEY.get(headerKey(header)) ?? null;

/** Counts the cells that are headers we know. */
export const knownHeaders = (cells: readonly unknown[]): number =>
  cells.filter((cell) => typeof cell === 'string' && columnKeyOf(cell) !== null).length;

/**
 * Proposes what each column is, by its header alone: the order does not matter and none but {@link MANDATORY}
 * must be there. `choice` overrides the proposal column by column.
 */
export function mapHeaders(headers: readonly string[], choice: MappingChoice = {}): HeaderMap {
  const taken = new Set<ColumnKey>(Object.values(choice).filter((key) => key !== null));
  const names = new Set<string>(COLUMNS.map(({ header }) => header));
  const repeated: string[] = [];
  /** The next number for a name that came before. */
  const counts = new Map<string, number>();
  const keep = (header: string): ColumnTarget => {
    const name = header.trim();
    if (name === '') return null;
    let free = name;
    for (let count = counts.get(name) ?? 2; names.has(free) || isReservedName(free); count += 1) {
      free = `${name} (${count})`;
      counts.set(name, count + 1);
    }
    names.add(free);
    return { unknown: free };
  };
  const targets = headers.map((header, index): ColumnTarget => {
    const chosen = choice[index];
    if (chosen === null) return keep(header);
    if (chosen !== undefined) return { known: chosen };
    const key = columnKeyOf(header);
    if (key === null) return keep(header);
    if (taken.has(key)) {
      repeated.push(header.trim());
      return keep(header);
    }
    taken.add(key);
    return { known: key };
  });
  return {
    headers: headers.map((header) => header.trim()),
    targets,
    missing: MANDATORY.filter((key) => !taken.has(key)),
    lacksId: !taken.has('id'),
    repeated,
  };
}

/** Names of the mandatory columns that are missing, as the registry writes them. */
export const missingNames = ({ missing }: HeaderMap): string[] => missing.map((key) => COLUMN[key].header);
