import { v7 } from 'uuid';
import { must } from '#shared/domain/must.ts';
import { SNAPSHOT_PARTS, type SnapshotLine } from '#shared/protocol/sync.ts';
import { DexieSyncStore } from '#renderer/data/store/dexie-sync-store.ts';
import { readSnapshotPage } from '#renderer/data/sync/snapshot-page.ts';

/** Costs of each piece of a first download by itself, in milliseconds, and how much came. */
export interface Alone {
  readonly download: number;
  readonly unpack: number;
  readonly load: number;
  readonly rows: number;
  readonly bytes: number;
}

/** Runs `work` and adds its time to `spent[piece]`. */
async function timed<K extends string, T>(
  spent: Record<K, number>,
  piece: K,
  work: () => Promise<T>,
): Promise<T> {
  const start = performance.now();
  const value = await work();
  spent[piece] += performance.now() - start;
  return value;
}

async function fetchPage(origin: string, part: string, after: string): Promise<Uint8Array<ArrayBuffer>> {
  const query = new URLSearchParams({ part, after });
  const response = await fetch(`${origin}/api/v1/sync/snapshot?${query}`, { cache: 'no-store' });
  if (!response.ok) throw new Error(`snapshot: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Where the next page begins, read from the last line alone. */
function nextOf(bytes: Uint8Array): string | null {
  const tail = bytes.subarray(bytes.lastIndexOf(0x0a, bytes.length - 2) + 1);
  const line = JSON.parse(new TextDecoder().decode(tail)) as SnapshotLine;
  return line.t === 'tail' ? line.next : null;
}

/**
 * Downloads, unpacks and loads the whole region page by page with nothing else going on: no screen, no
 * engine, no requests beside. Every piece is the product's own code, so their sum is the least that a first
 * download made of them can take one by one.
 */
async function measureAlone(origin: string): Promise<Alone> {
  const spent = { download: 0, unpack: 0, load: 0 };
  const store = await DexieSyncStore.open({ name: `bench-alone-${v7()}`, newId: v7 });
  let rows = 0;
  let bytes = 0;
  for (const part of SNAPSHOT_PARTS) {
    for (let after: string | null = ''; after !== null;) {
      const from: string = after;
      const body = await timed(spent, 'download', () => fetchPage(origin, part, from));
      bytes += body.length;
      after = nextOf(body);
      const page = await timed(spent, 'unpack', () => readSnapshotPage(body));
      if (!page.ok) throw new Error(`${part}: ${JSON.stringify(page.failure)}`);
      const { incidents } = page.value;
      rows += incidents.length;
      if (incidents.length > 0) await timed(spent, 'load', () => store.load(incidents, {}));
    }
  }
  await store.close();
  return { ...spent, rows, bytes };
}

onmessage = ({ data }: MessageEvent<string>): void => {
  measureAlone(must(data, 'an origin')).then(
    (alone) => postMessage({ alone }),
    (error: unknown) => postMessage({ error: String(error) }),
  );
};
