import { sameJson } from '#shared/domain/same-json.ts';
import type { SettingsRow } from './settings-row.ts';

/** A row of a load as it was saved; `from`: the changed fields as they were before, null for a new row. */
export interface LoadedRow {
  readonly id: string;
  readonly row: Readonly<Record<string, unknown>>;
  readonly from: Readonly<Record<string, unknown>> | null;
}

/** A row that is as the load left it, and as it is to be. */
export interface TakenBackRow {
  readonly id: string;
  readonly before: SettingsRow;
  readonly row: SettingsRow;
}

export interface TakeBackPlan {
  readonly back: readonly TakenBackRow[];
  /** Rows that somebody changed since: they stay. */
  readonly touched: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Says how a load is taken back: what nobody touched since becomes as it was, and what was new is closed as
 * its table says. `current` are the rows as they are now.
 */
export function planTakeBack(
  rows: readonly LoadedRow[],
  current: ReadonlyMap<string, Fields>,
  close: (row: SettingsRow) => SettingsRow,
): TakeBackPlan {
  const [back, touched]: [TakenBackRow[], string[]] = [[], []];
  for (const { id, row, from } of rows) {
    const is = current.get(id);
    if (is === undefined || !isAsLoaded(is, row, from)) {
      touched.push(id);
      continue;
    }
    const before = is as unknown as SettingsRow;
    const was = from === null ? close(before) : (restored(is, from) as unknown as SettingsRow);
    back.push({ id, before, row: was });
  }
  return { back, touched };
}

/** Of a changed row only the changed fields count: others may have been another person's all along. */
const isAsLoaded = (is: Fields, row: Fields, from: Fields | null): boolean =>
  from === null
    ? sameJson(is, row)
    : Object.keys(from).every((name) => sameJson(is[name] ?? null, row[name] ?? null));

function restored(is: Fields, from: Fields): Fields {
  const kept = Object.entries(is).filter(([name]) => !Object.hasOwn(from, name));
  const before = Object.entries(from).filter(([, value]) => value !== null);
  return Object.fromEntries([...kept, ...before]);
}

/** A saved row as it was before; of `maps`, fields that are maps of many, only the named keys are changed. */
export function restoredFields(row: Fields, from: Fields, maps: readonly string[]): Fields {
  const before = Object.entries(from).map(([name, was]) => [
    name,
    maps.includes(name) && was !== null ? restored((row[name] ?? {}) as Fields, was as Fields) : was,
  ]);
  return restored(row, Object.fromEntries(before) as Fields);
}
