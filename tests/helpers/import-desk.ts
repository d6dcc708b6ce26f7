import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import type { ByteSource } from '#shared/exchange/byte-source.ts';
import { bytesSource } from '#tests/helpers/bytes-source.ts';
import type { RawCell } from '#shared/exchange/cells.ts';
import { readXlsx } from '#shared/exchange/xlsx-read.ts';
import { exportTable } from '#server/exchange/export-table.ts';
import { importFile, type ImportJob, type ImportSummary } from '#server/exchange/import-file.ts';
import { withScope } from '#server/store/database.ts';
import { HEADERS, gathered, joined } from '#tests/fixtures/exchange.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { makeRegion } from '#tests/helpers/sync-region.ts';

/** The counts of an import, which must add up. */
export const counted = ({ read, created, updated, unchanged, refusedTotal }: ImportSummary) => ({
  read,
  created,
  updated,
  unchanged,
  refused: refusedTotal,
});

/** All 47 cells of every row of an xlsx. */
export const cellsOf = async (source: ByteSource): Promise<RawCell[][]> =>
  (await gathered(readXlsx(source))).map(({ cells }) => HEADERS.map((_, at) => cells[at] ?? null));

/** Files in and out of regions of a database. */
export function importDesk(base: () => FreshDatabase) {
  let regions = 0;
  return {
    /** A region nobody else uses. */
    newRegion: async (): Promise<string> => {
      regions += 1;
      const region = `r${regions}`;
      await makeRegion(base(), region);
      return region;
    },
    load: async (
      region: string,
      source: ByteSource,
      more: Partial<ImportJob> = {},
    ): Promise<ImportSummary> => {
      const job = {
        region,
        source,
        fileName: 'file.xlsx',
        actor: 'operator-1',
        origin: { address: '' },
        language: 'ru',
      } as const;
      return must(await importFile(base().db, { ...job, ...more }, Date.now()), `region ${region}`);
    },
    incidents: (region: string): Promise<Incident[]> =>
      withScope(base().db, { region }, async (tx) => {
        const rows = await tx
          .selectFrom('incident')
          .select('row')
          .where('region_id', '=', region)
          .orderBy('number')
          .execute();
        return rows.map(({ row }) => row as unknown as Incident);
      }),
    exported: async (region: string, format: 'xlsx' | 'csv' = 'xlsx'): Promise<ByteSource> => {
      const job = { region, format, from: 0, to: Date.UTC(2100, 0, 1) };
      const pieces: Uint8Array[] = [];
      for await (const piece of must(await exportTable(base().db, job, Date.now()), region))
        pieces.push(piece);
      return bytesSource(joined(pieces));
    },
  };
}
