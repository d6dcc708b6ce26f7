import { v7 as uuidv7 } from 'uuid';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import type { ByteSource } from '#shared/exchange/byte-source.ts';
import type { Readings } from '#shared/exchange/read-row.ts';
import { FileRefused } from '#shared/exchange/refusals.ts';
import { rowReader } from '#shared/exchange/row-reader.ts';
import { readTable, refusable, type TableChoice } from '#shared/exchange/table-read.ts';
import type { Language } from '#shared/text/duration.ts';
import { writeAudit, type AuditOrigin } from '#server/accounts/audit.ts';
import { withScope, type Database } from '#server/store/database.ts';
import { CHANGES_PER_REVISION } from '#server/sync/in-revisions.ts';
import { readExchangeRegion, type ExchangeRegion } from './exchange-context.ts';
import { storeBatch, type BatchResult, type PlacedRow } from './import-batch.ts';
import { ImportTally, type ImportCounts, type ImportRefusal, type ImportWarning } from './import-tally.ts';
import type { SeenCounts } from './name-book.ts';

/** A file to be imported, and by whom. */
export interface ImportJob extends TableChoice {
  readonly region: string;
  readonly source: ByteSource;
  readonly fileName: string;
  /** Account id, or the command line. */
  readonly actor: string;
  /** Where the actor is. */
  readonly origin: AuditOrigin;
  readonly language: Language;
  readonly readings?: Readings;
  /** Called after every batch. */
  readonly onProgress?: (counts: ImportCounts) => void;
  /** The longest it may take, in ms; {@link MAX_IMPORT_MS} by default. */
  readonly maxMs?: number;
}

/** The result of an import. */
export interface ImportSummary extends ImportCounts {
  readonly refused: readonly ImportRefusal[];
  readonly warnings: readonly ImportWarning[];
  /** Names the region did not know; they are in its directory now, marked as seen in an import. */
  readonly added: SeenCounts;
  /** True when the file could be read at all, to its end. */
  readonly isReadable: boolean;
  /** The file ends in the middle of a row, which is refused; those before it are taken. */
  readonly isCut: boolean;
}

/**
 * Imports a file: good rows are stored, the others are told one by one, and nothing is lost. The same file
 * again gives only `unchanged`. Null when there is no such region. Throws when the database fails; then the
 * rows up to there are stored, and running it again goes on from there.
 */
export async function importFile(db: Database, job: ImportJob, now: Instant): Promise<ImportSummary | null> {
  const region = await readExchangeRegion(db, job.region, now);
  if (region === null) return null;
  const tally = new ImportTally(job.language);
  const outcome = await refusable(() => importRows(db, region, job, tally));
  if (!outcome.ok) tally.refuseFile(outcome.refusal);
  tally.checkSum();
  const summary: ImportSummary = {
    ...tally.counts(),
    refused: tally.refused,
    warnings: tally.warnings,
    added: region.book.counts(),
    isReadable: outcome.ok,
    isCut: tally.isCut,
  };
  await remember(db, job, summary, now);
  return summary;
}

/** A million rows take minutes; beyond this something is wrong with the database. */
const MAX_IMPORT_MS = 4 * 60 * MS_PER_MINUTE;

async function importRows(
  db: Database,
  region: ExchangeRegion,
  { source, choice = {}, sheet, readings, onProgress, maxMs = MAX_IMPORT_MS }: ImportJob,
  tally: ImportTally,
): Promise<void> {
  const { header, rows } = await readTable(source, sheet === undefined ? { choice } : { choice, sheet });
  const read = rowReader(header, region.context.calendar.data.zone, readings);
  const deadline = performance.now() + maxMs;
  const batches = batchWriter(db, region, (result) => {
    tally.add(result);
    onProgress?.(tally.counts());
  });
  try {
    for await (const group of rows) {
      for (const row of group) {
        tally.read();
        const result = read(row);
        if (result.ok) {
          for (const warning of result.warnings) tally.warn(warning);
          await batches.add({ place: row.number, row: result.row });
        } else tally.refuse(result.error);
      }
      if (performance.now() > deadline)
        throw new FileRefused({ kind: 'took_too_long', row: group.at(-1)?.number ?? 0 });
    }
  } finally {
    // What was read before a file turned out to be broken has been read well.
    await batches.finish();
  }
}

/**
 * Stores rows in full batches, one while the next is read. What fails is thrown at the next batch or at the
 * end.
 */
function batchWriter(db: Database, region: ExchangeRegion, onStored: (result: BatchResult) => void) {
  let batch: PlacedRow[] = [];
  let storing: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    await storing;
    const full = batch;
    batch = [];
    if (full.length === 0) return;
    storing = storeBatch(db, region, full).then(onStored);
    storing.catch(() => undefined);
  };
  return {
    add: async (row: PlacedRow): Promise<void> => {
      batch.push(row);
      if (batch.length === CHANGES_PER_REVISION) await flush();
    },
    finish: async (): Promise<void> => {
      await flush();
      await storing;
    },
  };
}

/** The run stays on record; the audit log holds counts only, never a resident's words. */
async function remember(
  db: Database,
  { region, fileName, actor, origin }: ImportJob,
  summary: ImportSummary,
  at: Instant,
): Promise<void> {
  const { read, created, updated, unchanged, refused, refusedTotal } = summary;
  const name = fileName.slice(-200);
  await withScope(db, { region }, async (tx) => {
    await tx
      .insertInto('import_run')
      .values({
        region_id: region,
        id: uuidv7(),
        at,
        actor,
        file_name: name,
        read,
        created,
        updated,
        unchanged,
        refused: JSON.stringify(refused.slice(0, 1000)),
      })
      .execute();
    await writeAudit(tx, region, {
      at,
      actor,
      ...origin,
      action: 'import',
      detail: { fileName: name, read, created, updated, unchanged, refused: refusedTotal },
    });
  });
}
