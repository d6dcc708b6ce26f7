import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { PastEnding } from './endings.ts';

/** The values of each kind of fact; null says that there is none. */
export interface FactValues {
  readonly instant: Instant | null;
  /** Ms. */
  readonly duration: number;
  /** Given to an incident, from 1. */
  readonly number: number | null;
  /** Equal for equal things, up to 32 bits; 0 says nothing. */
  readonly key: number;
  /** A name out of few; '' is none. */
  readonly word: string;
  /** Most incidents have none. */
  readonly endings: readonly PastEnding[];
  readonly moments: readonly Instant[];
  readonly choice: string;
  readonly optionalChoice: string | null;
  /** From 1. */
  readonly grade: number | null;
  readonly flag: boolean;
  readonly count: number;
}

export type FactKind = keyof FactValues;

/** One fact: its kind, and how it is read off an incident. */
export interface Fact<K extends FactKind, T extends FactValues[K]> {
  readonly kind: K;
  readonly read: (incident: Incident) => T;
  /** All values of a choice. Columns hold places in this list, so it only grows at its end. */
  readonly choices: readonly string[];
}

type Read<T> = (incident: Incident) => T;

const kind =
  <K extends FactKind>(name: K) =>
  <T extends FactValues[K]>(read: Read<T>): Fact<K, T> => ({ kind: name, read, choices: [] });

/** Declares a fact of a kind. */
export const fact = {
  instant: kind('instant'),
  duration: kind('duration'),
  number: kind('number'),
  key: kind('key'),
  word: kind('word'),
  endings: kind('endings'),
  moments: kind('moments'),
  grade: kind('grade'),
  flag: kind('flag'),
  count: kind('count'),
  choice: <T extends string>(choices: readonly T[], read: Read<T>): Fact<'choice', T> => ({
    kind: 'choice',
    read,
    choices,
  }),
  optionalChoice: <T extends string>(
    choices: readonly T[],
    read: Read<T | null>,
  ): Fact<'optionalChoice', T | null> => ({ kind: 'optionalChoice', read, choices }),
} as const;

/** Gives a fact a column of another name, where an incident's own column has the name already. */
export const inColumn = <const C extends string, F>(column: C, declared: F): F & { readonly column: C } => ({
  ...declared,
  column,
});
