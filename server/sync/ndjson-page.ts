import { createHash } from 'node:crypto';
import type { SnapshotLine } from '#shared/protocol/sync.ts';

/** The last line of a page, after its rows. */
export interface PageFrame {
  readonly epoch: string;
  readonly v0: number;
  readonly mark: string | null;
  readonly scope: string;
  readonly estimate: number;
  /** Where the next page begins; null after the last one. */
  readonly next: string | null;
}

const lineOf = (line: SnapshotLine): string => `${JSON.stringify(line)}\n`;

/**
 * Puts a page of ready lines (without newlines) together: head, rows, and a tail with the digest of the rows.
 */
export function ndjsonPage(lines: readonly string[], { next, ...head }: PageFrame): Buffer {
  const rows = Buffer.from(lines.length === 0 ? '' : `${lines.join('\n')}\n`);
  const sha256 = createHash('sha256').update(rows).digest('hex');
  return Buffer.concat([
    Buffer.from(lineOf({ t: 'head', ...head })),
    rows,
    Buffer.from(lineOf({ t: 'tail', next, rows: lines.length, sha256 })),
  ]);
}
