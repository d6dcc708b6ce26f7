import type { Agency, Municipality } from '#shared/domain/directory.ts';
import { rememberedLooks } from '#shared/domain/records/looks.ts';
import { bundlesBy } from './topic-bundles.ts';

type Entry = Agency | Municipality;

interface ChangedEntry {
  readonly row: Entry;
  readonly before: Entry | null;
}

/** Ids and looks by which a changed row of a directory and another may be judged on each other. */
const namesOf = ({ row, before }: ChangedEntry): readonly string[] =>
  [row, before].flatMap((entry) =>
    entry === null
      ? []
      : [
          entry.id,
          ...referredBy(entry),
          ...[entry.name, entry.shortName].map((name) => `=${rememberedLooks(name)}`),
        ],
  );

const referredBy = (entry: Entry): readonly string[] =>
  [entry.successor, 'parent' in entry ? entry.parent : undefined].filter((id) => id !== undefined);

/**
 * Puts agencies or municipalities that name or look like one another into one bundle, which one command must
 * hold. In a bundle that no command holds whole, what is named comes before what names it.
 */
export const entryBundles = <T extends ChangedEntry>(rows: readonly T[]): readonly (readonly T[])[] =>
  bundlesBy(rows, namesOf).map((bundle) => {
    const byId = new Map(bundle.map(({ row }) => [row.id, row]));
    const depths = new Map(bundle.map(({ row }) => [row.id, depthOf(row, byId, new Set())]));
    return bundle.toSorted((a, b) => (depths.get(a.row.id) ?? 0) - (depths.get(b.row.id) ?? 0));
  });

/** Steps from a row to the last that it leads to; a ring, which the judge refuses, ends where it closes. */
function depthOf(row: Entry, byId: ReadonlyMap<string, Entry>, passed: ReadonlySet<string>): number {
  if (passed.has(row.id)) return 0;
  const below = referredBy(row).flatMap((id) => byId.get(id) ?? []);
  const through = new Set(passed).add(row.id);
  return below.length === 0 ? 0 : 1 + Math.max(...below.map((one) => depthOf(one, byId, through)));
}
