import type { ByteSource } from './byte-source.ts';
import type { RawCell } from './cells.ts';
import { scanRecord } from './csv-record.ts';
import { knownHeaders } from './header-map.ts';
import { FileRefused } from './refusals.ts';
import { decodeHead, ENCODINGS, markedEncoding, type TextEncoding } from './text-decoding.ts';

/** A header row found in the beginning of a csv. */
export interface CsvHeader {
  readonly cells: readonly RawCell[];
  /** The number of them that are headers we know. */
  readonly known: number;
  /** As a spreadsheet numbers the row. */
  readonly number: number;
  /** The place after it, in characters. */
  readonly end: number;
}

/** The form a csv is written in; `found` is null when no row has a header we know. */
export interface CsvForm {
  readonly encoding: TextEncoding;
  readonly delimiter: string;
  readonly found: CsvHeader | null;
}

/** Counts headers that are known among the cells of a row. */
export type CountKnown = (cells: readonly RawCell[]) => number;

const DELIMITERS = [';', ',', '\t', '|'] as const;
const HEAD_BYTES = 64 * 1024;
/** Rows in which the header is looked for: some exports have titles and conditions above it. */
export const HEADER_ROWS = 50;
/** A row with as many known headers is the header row. */
export const HEADER_CELLS = 3;

/**
 * Tells how a csv is written by trying: the encoding and the delimiter under which a row has most of the
 * registry's headers, or of those that `knownIn` counts. The first line `sep=;`, which Excel understands and
 * does not show, decides alone.
 */
export async function findCsvForm(source: ByteSource, knownIn: CountKnown = knownHeaders): Promise<CsvForm> {
  const head = await source.read(0, HEAD_BYTES);
  const marked = markedEncoding(head);
  let best: CsvForm | null = null;
  for (const encoding of marked === null ? ENCODINGS : [marked]) {
    const form = formUnder(encoding, decodeHead(head, encoding), source.size <= head.length, knownIn);
    if ((form.found?.known ?? 0) > (best?.found?.known ?? 0)) best = form;
    if ((best?.found?.known ?? 0) >= HEADER_CELLS) break;
  }
  return best ?? { encoding: marked ?? plainEncoding(head), delimiter: ';', found: null };
}

/** Without a header to go by: in Windows-1251 taken for UTF-8 nearly every Russian letter is broken. */
function plainEncoding(head: Uint8Array): TextEncoding {
  const text = decodeHead(head, 'utf-8');
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  return broken > (text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0) ? 'windows-1251' : 'utf-8';
}

function formUnder(encoding: TextEncoding, text: string, isWhole: boolean, knownIn: CountKnown): CsvForm {
  const separatorLine = /^sep=([^\r\n])(?:\r\n?|\n)/i.exec(text);
  const from = separatorLine?.[0].length ?? 0;
  const forms = (separatorLine === null ? DELIMITERS : [separatorLine[1] ?? ';']).map(
    (delimiter): CsvForm => {
      return { encoding, delimiter, found: headerIn(text, from, delimiter, isWhole, knownIn) };
    },
  );
  const [best] = forms.toSorted((a, b) => (b.found?.known ?? 0) - (a.found?.known ?? 0));
  return best ?? { encoding, delimiter: ';', found: null };
}

function headerIn(
  text: string,
  from: number,
  delimiter: string,
  isLast: boolean,
  knownIn: CountKnown,
): CsvHeader | null {
  let best: CsvHeader | null = null;
  let at = from;
  for (let number = 1; number <= HEADER_ROWS && at < text.length; number += 1) {
    const record = recordAt(text, at, delimiter, isLast);
    if (record === null) break;
    const known = knownIn(record.cells);
    if (known > (best?.known ?? 0)) best = { cells: record.cells, known, number, end: record.end };
    at = record.end;
  }
  return best;
}

function recordAt(text: string, at: number, delimiter: string, isLast: boolean) {
  try {
    return scanRecord(text, at, { delimiter, isLast, row: 0 });
  } catch (error) {
    // Under a wrong delimiter a row may have any number of cells.
    if (error instanceof FileRefused) return null;
    throw error;
  }
}
