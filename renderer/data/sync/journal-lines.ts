import type { JournalEntry, JournalState, PendingCommand } from './sync-store.ts';

/** One line of a journal file. A later line about the same command counts more than an earlier one. */
export type JournalLine =
  | { readonly t: 'item'; readonly clientId: string; readonly item: PendingCommand }
  /** `clientId`: under which the outcomes were told; lines of earlier releases do not say. */
  | {
      readonly t: 'known';
      readonly ids: readonly string[];
      readonly known: JournalState;
      readonly clientId?: string;
    }
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

interface Note {
  readonly known: JournalState;
  readonly clientId: string | null;
}

/**
 * Puts the lines of all files together. Their order does not matter: an outcome stands wherever it was noted,
 * unless the command was given again since, under a newer client id: the database that had told it was put
 * back. A note without a client id is of the command's first one.
 */
export function foldLines(files: readonly (readonly JournalLine[])[]): {
  readonly entries: JournalEntry[];
  readonly filled: boolean;
} {
  const items = new Map<string, { readonly newest: JournalEntry; readonly first: string }>();
  const notes = new Map<string, Note[]>();
  let filled = false;
  for (const line of files.flat()) {
    if (line.t === 'filled') filled = true;
    else if (line.t === 'known') {
      const { known, clientId = null } = line;
      for (const id of line.ids) notes.set(id, [...(notes.get(id) ?? []), { known, clientId }]);
    } else {
      const entry: JournalEntry = { ...line.item, clientId: line.clientId, known: 'open' };
      const other = items.get(entry.id);
      const isNewer = other === undefined || compareEntries(other.newest, entry) < 0;
      const first = other !== undefined && other.first < entry.clientId ? other.first : entry.clientId;
      items.set(entry.id, { newest: isNewer ? entry : other.newest, first });
    }
  }
  const entries = [...items.values()].map(({ newest, first }) => ({
    ...newest,
    known: knownOf(newest, first, notes.get(newest.id) ?? []),
  }));
  return { entries: entries.toSorted(compareEntries), filled };
}

function knownOf(entry: JournalEntry, first: string, notes: readonly Note[]): JournalState {
  return notes
    .filter(({ clientId }) => (clientId ?? first) >= entry.clientId)
    .reduce<JournalState>((state, { known }) => furthest(state, known), 'open');
}

const RANK: Readonly<Record<JournalState, number>> = { open: 0, accepted: 1, refused: 2, dismissed: 3 };

const furthest = (a: JournalState, b: JournalState): JournalState => (RANK[a] > RANK[b] ? a : b);
