import type { Incident } from '#shared/domain/incident.ts';
import type { ReferenceRow, SnapshotLine } from '#shared/protocol/sync.ts';
import { answered, failed, messageOf, type Answer } from './failure.ts';
import { isIncidentRow, setAsideOf } from './set-aside.ts';
import type { SetAside } from './sync-store.ts';

/** A page of the first download or of a repair, checked against its own digest. */
export interface SnapshotPage {
  readonly epoch: string;
  /** The region's revision when this page was begun: every row is at least as new. */
  readonly v0: number;
  /** The mark of `v0`, where the API gives one. */
  readonly mark: string | null;
  /** Whose rows these are, where the API says it. */
  readonly scope: string | null;
  readonly estimate: number;
  readonly incidents: readonly Incident[];
  readonly reference: readonly ReferenceRow[];
  /** Lines that no row could be made of. */
  readonly unreadable: readonly SetAside[];
  readonly next: string | null;
}

const NEWLINE = 0x0a;
const cut = (message: string): Answer<never> => failed({ kind: 'network', message });

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * Reads NDJSON line by line. A page that was cut or does not match its digest is as good as none: it is asked
 * for again.
 */
export async function readSnapshotPage(bytes: Uint8Array<ArrayBuffer>): Promise<Answer<SnapshotPage>> {
  const end = bytes.at(-1) === NEWLINE ? bytes.length - 1 : bytes.length;
  const rowsStart = bytes.indexOf(NEWLINE) + 1;
  const tailStart = bytes.lastIndexOf(NEWLINE, end - 1) + 1;
  if (rowsStart === 0 || tailStart < rowsStart) return cut('a page without its last line');
  const rows = bytes.subarray(rowsStart, tailStart);
  try {
    const head = parseLine(bytes.subarray(0, rowsStart));
    const tail = parseLine(bytes.subarray(tailStart, end));
    if (head.t !== 'head' || tail.t !== 'tail') return cut('a page without its first or last line');
    if (hex(await crypto.subtle.digest('SHA-256', rows)) !== tail.sha256)
      return cut('a page that differs from its digest');
    const { epoch, v0, mark = null, scope = null, estimate } = head;
    return answered({ epoch, v0, mark, scope, estimate, ...readRows(rows), next: tail.next });
  } catch (error) {
    return cut(`a page that cannot be read: ${messageOf(error)}`);
  }
}

const decoder = new TextDecoder();
const parseLine = (bytes: Uint8Array): SnapshotLine => JSON.parse(decoder.decode(bytes)) as SnapshotLine;

/** Null for a line that is no object: the page's digest agrees, so it will not be better next time. */
function parseRow(bytes: Uint8Array): SnapshotLine | null {
  try {
    const line: unknown = JSON.parse(decoder.decode(bytes));
    return typeof line === 'object' ? (line as SnapshotLine | null) : null;
  } catch {
    return null;
  }
}

function readRows(bytes: Uint8Array): Pick<SnapshotPage, 'incidents' | 'reference' | 'unreadable'> {
  const incidents: Incident[] = [];
  const reference: ReferenceRow[] = [];
  const unreadable: SetAside[] = [];
  for (let from = 0; from < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, from);
    const to = newline === -1 ? bytes.length : newline;
    const line = parseRow(bytes.subarray(from, to));
    if (line === null) unreadable.push(setAsideOf(null));
    else if (line.t === 'incident') {
      if (isIncidentRow(line.row)) incidents.push(line.row);
      else unreadable.push(setAsideOf(line.row));
    } else if (line.t === 'reference') reference.push({ kind: line.kind, id: line.id, row: line.row });
    from = to + 1;
  }
  return { incidents, reference, unreadable };
}
