import type { Instant } from '#shared/domain/instant.ts';
import { rememberedLooks } from '#shared/domain/records/looks.ts';
import { slugOf } from '#shared/domain/records/slug.ts';
import { openFirstFinder } from './name-finder.ts';
import { saidIn, WrongCell } from './row-cells.ts';
import type { SettingsCells } from './settings-table.ts';

/** A row of a directory, told by its names. */
export interface DirectoryEntry {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  readonly validFrom?: Instant | undefined;
  readonly validTo?: Instant | undefined;
  readonly successor?: string | undefined;
}

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Tells whether a cell is an id as a person may write one down. */
export const isRowCode = (cell: string): boolean => SLUG.test(cell);

/** Names by which rows of a file name one another: those there are, and those that the file brings. */
interface Known {
  readonly id: string;
  readonly names: readonly string[];
  readonly isOpen: boolean;
}

/** The rows of a directory and of a file about it: which means which, whatever the order they stand in. */
export class EntryBook<R extends DirectoryEntry> {
  readonly #rows: readonly R[];
  readonly #at: Instant;
  readonly #newIds = new Map<string, string>();
  #known: readonly Known[];
  #find: ReturnType<typeof openFirstFinder<Known>> | null = null;

  constructor(rows: readonly R[], at: Instant) {
    [this.#rows, this.#at] = [rows, at];
    this.#known = rows.map((row) => this.knownOf(row, {}));
  }

  private isOpen({ validTo, successor }: DirectoryEntry): boolean {
    return successor === undefined && (validTo === undefined || validTo > this.#at);
  }

  private knownOf(row: R, { name = '', shortName = '' }: SettingsCells): Known {
    const names = [row.name, row.shortName, row.id, name, shortName].filter(Boolean);
    return { id: row.id, names, isOpen: this.isOpen(row) };
  }

  /** Hears of all rows of the file before the first is read, for they may name one another. */
  begin(all: readonly SettingsCells[]): void {
    const taken = new Set(this.#rows.map(({ id }) => id));
    const said = new Map<string, SettingsCells>();
    const added: Known[] = [];
    for (const cells of all) {
      const { name = '', shortName = '', id: code = '' } = cells;
      const there = this.find(cells);
      if (there !== null) said.set(there.id, cells);
      if (there !== null || name === '' || this.#newIds.has(rememberedLooks(name))) continue;
      const id = isRowCode(code) && !taken.has(code) ? code : slugOf(shortName || name, taken);
      taken.add(id);
      this.#newIds.set(rememberedLooks(name), id);
      added.push({ id, names: [name, shortName, id].filter(Boolean), isOpen: true });
    }
    this.#known = [...this.#rows.map((row) => this.knownOf(row, said.get(row.id) ?? {})), ...added];
    this.#find = null;
  }

  /** The row that cells mean: by its code, else by its name, of which one that is open comes first. */
  readonly find = (cells: SettingsCells): R | null => {
    const { id: code = '', name = '' } = cells;
    const known = this.#rows.find(({ id }) => id === code);
    if (known !== undefined || name === '') return known ?? null;
    const looks = rememberedLooks(name);
    const exact = this.#rows.filter((row) => row.name.trim() === name);
    // A code that is not here says that the row is new: what looks like another is then refused as its twin.
    const alike =
      exact.length > 0 || code !== ''
        ? exact
        : this.#rows.filter((row) => rememberedLooks(row.name) === looks);
    const open = alike.filter((row) => this.isOpen(row));
    const [only, second] = open.length > 0 ? open : alike;
    return second === undefined ? (only ?? null) : null;
  };

  /** The id of a row that the file brings. */
  newIdOf({ name = '', id: code = '' }: SettingsCells): string {
    if (code !== '' && !isRowCode(code)) throw new WrongCell('id', 'unknown');
    return this.#newIds.get(rememberedLooks(name)) ?? slugOf(name, new Set(this.#rows.map(({ id }) => id)));
  }

  /** The id of the row that a cell names. What is kept stays what it is; so it does where nothing is said. */
  referredIn(cells: SettingsCells, column: string, kept: string | undefined): string | undefined {
    const said = saidIn(cells, column);
    if (said === undefined || (kept !== undefined && said === this.nameOf(kept))) return kept;
    if (said === '') return undefined;
    this.#find ??= openFirstFinder(
      this.#known,
      ({ isOpen }) => isOpen,
      ({ names }) => names,
    );
    const found = this.#find(said);
    if (!found.ok) throw new WrongCell(column, found.why);
    return found.value.id;
  }

  /** Writes what a cell that names this row says. */
  nameOf(id: string | undefined): string {
    return id === undefined ? '' : (this.#rows.find((row) => row.id === id)?.name.trim() ?? id);
  }
}
