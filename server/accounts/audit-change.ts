import { sameJson } from '#shared/domain/same-json.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Gives the fields of a thing that differ, before and after; all of them where there was none. */
export function changeBetween(
  before: Fields | null,
  after: Fields,
): { readonly before: Fields | null; readonly after: Fields } {
  if (before === null) return { before, after };
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !sameJson(before[name], after[name]),
  );
  const only = (fields: Fields): Fields =>
    Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));
  return { before: only(before), after: only(after) };
}
