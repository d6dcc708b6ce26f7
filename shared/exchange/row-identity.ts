import { strToU8 } from 'fflate';
import { v5 } from 'uuid';
import { COLUMNS, type CellValue, type ExchangeRow } from './columns.ts';

/** Ours alone; only has to stay the same for ever. */
const NAMESPACE = 'c36d58e9-4d0e-5f0a-9a64-0a5a8f5f4e01';

/**
 * The same text gives the same uuid everywhere (RFC 9562, version 5: SHA-1, evenly spread, so digest buckets
 * fill evenly). Bytes, because `uuid` itself encodes a text slowly.
 */
const uuidOf = (...parts: readonly string[]): string => v5(strToU8(JSON.stringify(parts)), NAMESPACE);

/**
 * The id of an imported incident: the same row gives the same incident, on every console and in every run.
 */
export const importedId = (region: string, externalId: number | null, number: number): string =>
  uuidOf('incident', region, String(externalId ?? ''), String(number));

/** A short slug for a name that came in with an import and has no id of its own. */
export const seenId = (kind: 'agency' | 'municipality', name: string): string =>
  `seen-${uuidOf(kind, name.trim().toLowerCase()).replaceAll('-', '').slice(0, 12)}`;

/** Digest of everything a row says, whatever the order of its columns; empty cells say nothing. */
export function fingerprintOf({ known, unknown }: ExchangeRow): string {
  const filled: [string, CellValue][] = [];
  for (const { key, letter } of COLUMNS) {
    const value = known[key] ?? '';
    if (value !== '') filled.push([letter, value]);
  }
  for (const name of Object.keys(unknown).toSorted()) {
    const value = unknown[name] ?? '';
    if (value !== '') filled.push([`=${name}`, value]);
  }
  return uuidOf('row', JSON.stringify(filled));
}
