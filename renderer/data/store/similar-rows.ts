import { findDuplicates } from '#shared/domain/duplicate.ts';
import type { DuplicateSubject } from '#shared/domain/duplicate.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { shinglesOf } from '#shared/text/shingles.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import type { IncidentCells } from './incident-codec.ts';
import { CHUNK_ROWS } from './layout/columns.ts';

/** How far back a matter of the same address and topic may still be the same matter. */
const WINDOW_MS = 14 * MS_PER_DAY;
const SHOWN = 8;
/** Documents compared word by word; the sieve seldom gives more than a dozen. */
const COMPARED = 200;

type Likeness = (cells: IncidentCells, index: number) => boolean;

/** Same author, same address and topic, or a min-hash of the text in common. */
function likenessTo(cells: IncidentCells, at: number): Likeness {
  const { authorKey, placeKey, topic, sketch0, sketch1, sketch2 } = cells;
  const [author, place, theme] = [authorKey[at], placeKey[at], topic[at]];
  const [a, b, c] = [sketch0[at], sketch1[at], sketch2[at]];
  return (other, index) =>
    (author !== 0 && other.authorKey[index] === author) ||
    (place !== 0 && other.placeKey[index] === place && other.topic[index] === theme) ||
    (a !== 0 && (other.sketch0[index] === a || other.sketch1[index] === b || other.sketch2[index] === c));
}

const subject = (incident: Incident): DuplicateSubject => ({
  id: incident.id,
  author: incident.author.url,
  createdAt: incident.createdAt,
  topic: incident.classification?.topic ?? null,
  municipality: incident.place.municipality,
  shingles: shinglesOf(incident.text),
});

/**
 * Rows that may be about the same as incident `id`, the likeliest first; the same address and topic come
 * last.
 */
export async function similarRows(incidents: IncidentStore, id: string): Promise<readonly number[]> {
  const row = incidents.rowOf(id);
  if (row === -1) return [];
  const candidates = sieve(incidents, row);
  const documents = await incidents.read([row, ...candidates]);
  const others = candidates.flatMap((candidate) => documents.get(candidate) ?? []);
  const likely = findDuplicates(
    subject(must(documents.get(row), 'the incident itself')),
    others.map(subject),
    SHOWN,
  ).map((found) => found.id);
  const rest = others
    .map((other) => other.id)
    .filter((other) => !likely.includes(other) && isSamePlace(incidents, row, other));
  return [...likely, ...rest]
    .slice(0, SHOWN)
    .map((found) => incidents.rowOf(found))
    .filter((found) => found !== -1);
}

/** The nearest in time of the rows worth comparing. */
function sieve({ columns }: IncidentStore, row: number): readonly number[] {
  const own = columns.chunkOf(row);
  const at = row % CHUNK_ROWS;
  const isLike = likenessTo(own.cells, at);
  const created = own.cells.createdAt[at] as number;
  const found: { row: number; away: number }[] = [];
  for (const { first, rows, at: structure, cells } of columns.chunks) {
    for (let index = 0; index < rows; index += 1) {
      const away = Math.abs((cells.createdAt[index] as number) - created);
      if (away > WINDOW_MS || structure.live[index] !== 1 || first + index === row) continue;
      if (isLike(cells, index)) found.push({ row: first + index, away });
    }
  }
  return found
    .toSorted((a, b) => a.away - b.away)
    .slice(0, COMPARED)
    .map((candidate) => candidate.row);
}

function isSamePlace(incidents: IncidentStore, row: number, id: string): boolean {
  const other = incidents.rowOf(id);
  const key = (candidate: number): number =>
    incidents.columns.chunkOf(candidate).cells.placeKey[candidate % CHUNK_ROWS] ?? 0;
  return other !== -1 && key(row) !== 0 && key(row) === key(other);
}
