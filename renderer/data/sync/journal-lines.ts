import type { JournalEntry, JournalState, PendingCommand } from './sync-store.ts';

/** One line of a journal file. A later line about the same command counts more than an earlier one. */
export type JournalLine =
  | { readonly t: 'item'; readonly clientId: string; readonly item: PendingCommand }
  | { readonly t: 'known'; readonly ids: readonly string[]; readonly known: JournalState }
  /** A local copy was filled beside this journal. */
  | { readonly t: 'filled' };

/** Order of decisions: client ids are uuid v7, so a newer one sorts later. */
export const compareEntries = (a: JournalEntry, b: JournalEntry): number =>
  a.clientId === b.clientId ? a.seq - b.seq : a.clientId < b.clientId ? -1 : 1;

/** CRC-32 (IEEE) of a text's UTF-16 units, low byte first: enough to tell a torn line from a whole one. */
export function checksum(text: string): number {
  let crc = 0xffffffff;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    crc = addByte(addByte(crc, unit & 0xff), unit >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function addByte(crc: number, byte: number): number {
  let next = crc ^ byte;
  for (let bit = 0; bit < 8; bit += 1) next = next & 1 ? (next >>> 1) ^ 0xedb88320 : next >>> 1;
  return next;
}

/**
 * `<length> <checksum> <json>\n`. A newline goes before it as well, so that a torn line never swallows the
 * next one.
 */
export function writeLine(line: JournalLine): string {
  const json = JSON.stringify(line);
  return `\n${json.length.toString(36)} ${checksum(json).toString(36)} ${json}\n`;
}

/** Every whole line of a file; torn and damaged ones are left out. */
export function readLines(text: string): JournalLine[] {
  const lines: JournalLine[] = [];
  for (const raw of text.split('\n')) {
    const match = /^([0-9a-z]+) ([0-9a-z]+) (.*)$/s.exec(raw);
    const json = match?.[3];
    if (match === null || json === undefined) continue;
    if (
      json.length !== Number.parseInt(match[1] ?? '', 36) ||
      checksum(json) !== Number.parseInt(match[2] ?? '', 36)
    )
      continue;
    lines.push(JSON.parse(json) as JournalLine);
  }
  return lines;
}

/**
 * Puts the lines of all files together. Their order does not matter: an outcome stands wherever it was noted.
 */
export function foldLines(files: readonly (readonly JournalLine[])[]): {
  readonly entries: JournalEntry[];
  readonly filled: boolean;
} {
  const items = new Map<string, JournalEntry>();
  const known = new Map<string, JournalState>();
  let filled = false;
  for (const line of files.flat()) {
    if (line.t === 'filled') filled = true;
    else if (line.t === 'known')
      for (const id of line.ids) known.set(id, furthest(known.get(id), line.known));
    else {
      const entry: JournalEntry = { ...line.item, clientId: line.clientId, known: 'open' };
      const other = items.get(entry.id);
      if (other === undefined || compareEntries(other, entry) < 0) items.set(entry.id, entry);
    }
  }
  const entries = [...items.values()].map((entry) => ({ ...entry, known: known.get(entry.id) ?? 'open' }));
  return { entries: entries.toSorted(compareEntries), filled };
}

const RANK: Readonly<Record<JournalState, number>> = { open: 0, accepted: 1, refused: 2, dismissed: 3 };

const furthest = (a: JournalState | undefined, b: JournalState): JournalState =>
  a !== undefined && RANK[a] > RANK[b] ? a : b;
