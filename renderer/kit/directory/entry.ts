import { existsAt, isUnsorted } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { looksOf } from '#shared/domain/records/looks.ts';

/** A row of a directory, such as an agency or a municipality: told by its names, merged into a successor. */
export interface Entry {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  readonly validFrom?: Instant | undefined;
  readonly validTo?: Instant | undefined;
  readonly successor?: string | undefined;
  readonly seenInImport?: boolean | undefined;
  readonly verified?: boolean | undefined;
}

/** Parts of a directory's list; a row stands in one of them. */
export const SHELVES = ['open', 'unsorted', 'closed'] as const;
/** See {@link SHELVES}. */
export type Shelf = (typeof SHELVES)[number];

export const shelfOf = (row: Entry, now: Instant): Shelf => {
  if (row.validTo !== undefined && row.validTo <= now) return 'closed';
  return isUnsorted(row) ? 'unsorted' : 'open';
};

/** Rows of a query, by name. Every word of it must look like a part of one of the row's names. */
export function findEntries<R extends Entry>(
  rows: readonly R[],
  query: string,
  namesOf: (row: R) => readonly string[],
): readonly R[] {
  const words = query.split(/\s+/).map(looksOf).filter(Boolean);
  return rows
    .filter((row) => {
      const looks = [row.name, row.shortName, ...namesOf(row)].map(looksOf);
      return words.every((word) => looks.some((part) => part.includes(word)));
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'ru'));
}

/** A choice of a list. */
interface EntryChoice {
  readonly value: string;
  readonly label: string;
}

/** Rows that exist now, but for one of them, for a choice by name. */
export const entryChoices = (
  rows: readonly Entry[],
  now: Instant,
  except: string | null = null,
): EntryChoice[] =>
  rows
    .filter((row) => row.id !== except && existsAt(row, now))
    .map(({ id, name }) => ({ value: id, label: name }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'ru'));

/** The choice whose name looks most like that of a row: one is the beginning of the other. */
export function likeliestTwin(
  { name }: Entry,
  rows: readonly Entry[],
  choices: readonly EntryChoice[],
): string | null {
  const open = new Set(choices.map(({ value }) => value));
  const looks = looksOf(name);
  const isAlike = (other: string): boolean => other.startsWith(looks) || looks.startsWith(other);
  const alike = rows.find((row) => open.has(row.id) && [row.name, row.shortName].map(looksOf).some(isAlike));
  return alike?.id ?? null;
}
