import { sql } from 'kysely';
import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { ExchangeRow } from '#shared/exchange/columns.ts';
import type { ExportContext } from '#shared/exchange/context.ts';
import { rowOrName, type UnreadIncident } from '#shared/exchange/export-row.ts';
import { RESERVED_NAME } from '#shared/exchange/kept-names.ts';
import { writeTable, type OnCut, type TableFormat } from '#shared/exchange/table-write.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { readExchangeRegion } from './exchange-context.ts';

/** The incidents to write: those created in [from, to). */
export interface ExportJob {
  readonly region: string;
  readonly format: TableFormat;
  readonly from: Instant;
  readonly to: Instant;
  /** Called after every page with the rows so far. */
  readonly onProgress?: (rows: number) => void;
  /** Called for every cell that an xlsx cannot hold whole. */
  readonly onCut?: OnCut;
  /** Called for every incident of which only the name could be written. */
  readonly onUnread?: (named: UnreadIncident) => void;
}

const PAGE = 1000;

/**
 * The region's incidents as a file in the registry's form, oldest first; null when there is no such region.
 */
export async function exportTable(
  db: Database,
  job: ExportJob,
  now: Instant,
): Promise<AsyncGenerator<Uint8Array> | null> {
  const region = await readExchangeRegion(db, job.region, now);
  if (region === null) return null;
  const unknown = await unknownColumns(db, job);
  return writeTable(job.format, rowGroups(db, job, region.context), unknown, job.onCut);
}

/** Counts the incidents of an export, for the audit log, before the first of them leaves. */
export async function countExported(
  db: Database,
  { region, from, to }: Pick<ExportJob, 'region' | 'from' | 'to'>,
): Promise<number> {
  const { rows } = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('incident')
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .where('region_id', '=', region)
      .where('created_at', '>=', from)
      .where('created_at', '<', to)
      .executeTakeFirstOrThrow(),
  );
  return rows;
}

/** Columns no one knows, kept from files: all of the export have them, for a table has one header. */
async function unknownColumns(db: Database, { region, from, to }: ExportJob): Promise<string[]> {
  return withScope(db, { region }, async (tx) => {
    const { rows } = await sql<{ name: string }>`
      select distinct k.name from incident i, jsonb_object_keys(
        case jsonb_typeof(i.row -> 'imported' -> 'cells') when 'object' then i.row -> 'imported' -> 'cells'
          else '{}' end) as k(name)
      where i.region_id = ${region} and i.created_at >= ${from} and i.created_at < ${to}
        and k.name !~ ${RESERVED_NAME}
      order by 1`.execute(tx);
    return rows.map(({ name }) => name);
  });
}

/** Page after page by creation and id, each in a short transaction of its own: an export holds up nobody. */
async function* rowGroups(
  db: Database,
  { region, from, to, onProgress, onUnread = () => undefined }: ExportJob,
  context: ExportContext,
): AsyncGenerator<ExchangeRow[]> {
  let after = { at: from, id: '00000000-0000-0000-0000-000000000000' };
  for (let count = 0; ;) {
    const page = await withScope(db, { region }, (tx) =>
      tx
        .selectFrom('incident')
        .select(['id', 'created_at', 'row'])
        .where('region_id', '=', region)
        .where('created_at', '<', to)
        .where(sql<boolean>`(created_at, id) > (${after.at}::bigint, ${after.id}::uuid)`)
        .orderBy('created_at')
        .orderBy('id')
        .limit(PAGE)
        .execute(),
    );
    const last = page.at(-1);
    if (last === undefined) return;
    after = { at: last.created_at, id: last.id };
    count += page.length;
    yield page.map(({ id, created_at: createdAt, row }) =>
      rowOrName({ id, createdAt, row: row as unknown as Incident }, context, onUnread),
    );
    onProgress?.(count);
  }
}
