import type { Instant } from '#shared/domain/instant.ts';
import { rememberedLooks } from '#shared/domain/records/looks.ts';
import { slugOf } from '#shared/domain/records/slug.ts';
import type { ZoneName } from '#shared/domain/time-zone.ts';
import { dayCell } from './day-cells.ts';
import { isRowCode } from './entry-book.ts';
import { validityIn } from './lasting-cells.ts';
import { WrongCell } from './row-cells.ts';
import type { SettingsCells } from './settings-table.ts';

/** A setting that people know by its name alone, and that holds for a time: a deadline, a rule. */
export interface NamedRow {
  readonly id: string;
  readonly name: string;
  readonly validFrom: Instant | null;
  readonly validTo: Instant | null;
}

interface Basis {
  readonly zone: ZoneName;
  readonly at: Instant;
}

/**
 * Finds the row that cells mean: by its code, else by its name. Of several of one name it is the one that
 * begins on the day which the cells say; where they say none, the one that is not over.
 */
export function namedFinder<R extends NamedRow>(rows: readonly R[], { zone, at }: Basis) {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byLooks = Map.groupBy(rows, ({ name }) => rememberedLooks(name));
  return ({ id = '', name = '', firstDay = '' }: SettingsCells): R | null => {
    // A code that is not here says that the row is new.
    if (id !== '') return byId.get(id) ?? null;
    const alike = byLooks.get(rememberedLooks(name)) ?? [];
    const exact = alike.filter((row) => row.name.trim() === name);
    const same = exact.length > 0 ? exact : alike;
    if (firstDay !== '')
      return same.find(({ validFrom }) => dayCell(zone, validFrom, 'first') === firstDay) ?? null;
    const open = same.filter(({ validTo }) => validTo === null || validTo > at);
    const [only, second] = open.length > 0 ? open : same;
    return second === undefined ? (only ?? null) : null;
  };
}

/** Gives new rows their ids: the code that the file has, where it is free, else one made of the name. */
export function newIds(rows: readonly NamedRow[]): (cells: SettingsCells) => string {
  const taken = new Set(rows.map(({ id }) => id));
  return ({ id: code = '', name = '' }) => {
    if (code !== '' && !isRowCode(code)) throw new WrongCell('id', 'unknown');
    const id = code !== '' && !taken.has(code) ? code : slugOf(name, taken);
    taken.add(id);
    return id;
  };
}

/** From when until when a row holds; null where it has no such end. */
export function heldIn(
  cells: SettingsCells,
  before: NamedRow | null,
  basis: Basis,
): Pick<NamedRow, 'validFrom' | 'validTo'> {
  const held = { validFrom: before?.validFrom ?? undefined, validTo: before?.validTo ?? undefined };
  const { validFrom = null, validTo = null } = validityIn(cells, before === null ? null : held, basis);
  return { validFrom, validTo };
}
