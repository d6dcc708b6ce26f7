import { readFileSync } from 'node:fs';
import type { ByteSource } from '#shared/exchange/byte-source.ts';
import { bytesSource } from '#tests/helpers/bytes-source.ts';
import type { RowError, RowWarning } from '#shared/exchange/refusals.ts';
import { rowReader } from '#shared/exchange/row-reader.ts';
import { readTable } from '#shared/exchange/table-read.ts';
import { ZONE, gathered } from '#tests/fixtures/exchange.ts';

/** A text as a file in UTF-8. */
export const encode = (text: string): ByteSource => bytesSource(new TextEncoder().encode(text));

/** A file of tests/fixtures/import. */
export const importFixture = (name: string): ByteSource =>
  bytesSource(readFileSync(new URL(`../fixtures/import/${name}`, import.meta.url)));

/** The rows and notes that an import takes of a file. */
export interface Outcome {
  readonly texts: readonly string[];
  readonly ids: readonly number[];
  readonly created: readonly string[];
  readonly refused: readonly RowError[];
  readonly warnings: readonly RowWarning[];
}

/** Reads a file as an import would, without a database. */
export async function outcomeOf(source: ByteSource): Promise<Outcome> {
  const { header, rows } = await readTable(source);
  const read = rowReader(header, ZONE);
  const results = (await gathered(rows)).map(read);
  const taken = results.flatMap((result) => (result.ok ? [result] : []));
  return {
    texts: taken.map(({ row }) => String(row.known.text)),
    created: taken.map(({ row }) => String(row.known.createdAt)),
    ids: taken.map(({ row }) => Number(row.known.id)),
    refused: results.flatMap((result) => (result.ok ? [] : [result.error])),
    warnings: taken.flatMap(({ warnings }) => warnings),
  };
}
