import type { SnapshotLine } from '#shared/protocol/sync.ts';
import { ndjsonPage } from '#server/sync/ndjson-page.ts';
import { answered, type Answer } from '#renderer/data/sync/failure.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Head = Extract<SnapshotLine, { readonly t: 'head' }>;
type Tail = Extract<SnapshotLine, { readonly t: 'tail' }>;
/** A line of a page that holds a row. */
export type RowLine = Exclude<SnapshotLine, Head | Tail>;

/** Gives a page with other rows, under a digest of their own. A page that is cut stays as it is. */
export function mapPage(
  page: Answer<Bytes>,
  map: (rows: readonly RowLine[], head: Head) => readonly RowLine[],
): Answer<Bytes> {
  if (!page.ok) return page;
  const lines = new TextDecoder().decode(page.value).trimEnd().split('\n');
  const [head, tail] = [lines.shift(), lines.pop()].map((line) => JSON.parse(line ?? 'null') as unknown) as [
    Head,
    Tail,
  ];
  const rows = lines.map((line) => JSON.parse(line) as RowLine);
  const { epoch, v0, mark = null, scope = '', estimate } = head;
  const frame = { epoch, v0, mark, scope, estimate, next: tail.next };
  const bytes = ndjsonPage(
    map(rows, head).map((line) => JSON.stringify(line)),
    frame,
  );
  return answered(new Uint8Array(bytes));
}
