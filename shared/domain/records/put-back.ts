import { readRecord, type CentreRecord } from '#shared/domain/record.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { mapsOf, RECORD_RULES, type RecordKind } from './record-rules.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A change of a setting as the audit log tells it: the fields that differed, before and after. */
export interface ToldChange {
  readonly before: Fields;
  readonly after: Fields;
}

/** The row with what a change had replaced, or why it cannot be; fields by their names. */
export type PutBack =
  | { readonly kind: 'possible'; readonly seen: CentreRecord; readonly row: CentreRecord }
  /** There is no such row, or this version cannot read it. */
  | { readonly kind: 'gone' }
  /** It is as it was before already. */
  | { readonly kind: 'already' }
  /** These were changed again since. */
  | { readonly kind: 'went_on'; readonly fields: readonly string[] }
  /** Of these the log kept the beginning alone. */
  | { readonly kind: 'not_whole'; readonly fields: readonly string[] };

/** Letters from which the log cuts a value, and then ends it so. */
const CUT = { least: 4000, end: '…' } as const;

const isCut = (value: unknown): boolean =>
  typeof value === 'string' && value.length > CUT.least && value.endsWith(CUT.end);

const fieldsOf = (value: unknown): Fields =>
  (typeof value === 'object' && value !== null ? value : {}) as Fields;

/** Tells whether the log tells changes of a kind that {@link putBack} knows. */
export const isRecordKind = (kind: string): kind is RecordKind => Object.hasOwn(RECORD_RULES, kind);

/**
 * Puts back what a change of a setting had replaced, on top of the row as it is now. Other fields, and other
 * keys of a map, keep what others wrote since.
 */
export function putBack(kind: RecordKind, stored: unknown, { before, after }: ToldChange): PutBack {
  const seen = readRecord(kind, stored);
  if (seen === null) return { kind: 'gone' };
  const names = Object.keys(before);
  const now = fieldsOf(seen);
  const isMap = (name: string): boolean => mapsOf(kind).includes(name);
  const cut = names.filter((name) => isCut(before[name]) || isCut(after[name]));
  if (cut.length > 0) return { kind: 'not_whole', fields: cut };
  const is = (name: string, told: unknown): boolean =>
    isMap(name) ? holds(fieldsOf(now[name]), fieldsOf(told)) : sameJson(now[name] ?? null, told ?? null);
  if (names.every((name) => is(name, before[name]))) return { kind: 'already' };
  const wentOn = names.filter((name) => !is(name, after[name]));
  if (wentOn.length > 0) return { kind: 'went_on', fields: wentOn };
  let row: Fields = now;
  for (const name of names)
    row = isMap(name)
      ? { ...row, [name]: laid(fieldsOf(now[name]), fieldsOf(before[name])) }
      : withField(kind, row, name, before[name] ?? null);
  const read = readRecord(kind, row);
  return read === null ? { kind: 'gone' } : { kind: 'possible', seen, row: read };
}

const holds = (map: Fields, part: Fields): boolean =>
  Object.entries(part).every(([key, value]) => sameJson(map[key] ?? null, value));

/** A map with some keys written; null takes one away. */
const laid = (map: Fields, part: Fields): Fields =>
  Object.fromEntries(Object.entries({ ...map, ...part }).filter(([, value]) => value !== null));

/** The log says null of a field that was not there, too: it is left out where the kind takes no null. */
function withField(kind: RecordKind, row: Fields, name: string, value: unknown): Fields {
  const written = { ...row, [name]: value };
  if (value !== null || readRecord(kind, written) !== null) return written;
  const { [name]: _, ...rest } = row;
  return rest;
}
