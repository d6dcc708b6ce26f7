/**
 * Documents of one page: small where a screenful is picked from many places, large where they are read once a
 * month.
 */
export const LIVE_PAGE = 8;
export const ARCHIVE_PAGE = 64;

/** An immutable run of documents as UTF-8 JSON: half the bytes of a stored string for Russian text. */
export interface StoredPage {
  readonly key: number;
  readonly documents: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const encodePage = (key: number, documents: readonly unknown[]): StoredPage => ({
  key,
  documents: documents.length,
  bytes: encoder.encode(JSON.stringify(documents)),
});

export const decodePage = <D>(page: StoredPage): readonly D[] =>
  JSON.parse(decoder.decode(page.bytes)) as readonly D[];

/** Places of documents in pages: live ones together, archived ones together; keys follow `firstKey`. */
export function paginate<D>(
  documents: readonly D[],
  isLive: (document: D) => boolean,
  firstKey: number,
): readonly { key: number; documents: readonly D[] }[] {
  const pages: { key: number; documents: readonly D[] }[] = [];
  const cut = (run: readonly D[], size: number): void => {
    for (let at = 0; at < run.length; at += size)
      pages.push({ key: firstKey + pages.length, documents: run.slice(at, at + size) });
  };
  cut(documents.filter(isLive), LIVE_PAGE);
  cut(
    documents.filter((document) => !isLive(document)),
    ARCHIVE_PAGE,
  );
  return pages;
}
