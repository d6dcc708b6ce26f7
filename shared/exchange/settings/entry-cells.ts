import { SHORT_NAME_LENGTH } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import type { DirectoryEntry, EntryBook } from './entry-book.ts';
import { CODE, FIRST_DAY, LAST_DAY, validityCells, validityIn } from './lasting-cells.ts';
import { nameIn, ownNameIn } from './row-cells.ts';
import { column, type SettingsCells } from './settings-table.ts';

/** Columns that follow the name in the table of a directory. */
export const NAMING_COLUMNS = [column('shortName', 'Краткое имя', 20), column('kind', 'Вид', 20)];

/** Columns that end the table of a directory. */
export const STANDING_COLUMNS = [
  column('verified', 'Подтверждено', 14),
  FIRST_DAY,
  LAST_DAY,
  column('successor', 'Преемник', 44),
  CODE,
];

/** How long a row of a directory holds, who follows it, and its code, as cells. */
export const standingCells = <R extends DirectoryEntry>(
  row: R,
  book: EntryBook<R>,
  zone: ZoneName,
): SettingsCells => ({
  ...validityCells(row, zone),
  successor: book.nameOf(row.successor),
  id: row.id,
});

/** The names of a row of a directory; one that is short enough needs no other. */
export function namingIn(
  cells: SettingsCells,
  before: DirectoryEntry | null,
): Pick<DirectoryEntry, 'name' | 'shortName'> {
  const name = ownNameIn(cells, before);
  const own = Array.from(name).length <= SHORT_NAME_LENGTH ? name : undefined;
  return { name, shortName: nameIn(cells, 'shortName', before?.shortName ?? own) };
}

/** How long a row of a directory holds, and who follows it. */
export function standingIn<R extends DirectoryEntry>(
  cells: SettingsCells,
  before: R | null,
  book: EntryBook<R>,
  basis: { readonly zone: ZoneName; readonly at: Instant },
): Pick<DirectoryEntry, 'validFrom' | 'validTo' | 'successor'> {
  const successor = book.referredIn(cells, 'successor', before?.successor);
  return { ...validityIn(cells, before, basis), ...(successor === undefined ? {} : { successor }) };
}
