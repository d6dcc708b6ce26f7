/**
 * How one value of a column lies in memory and on disk. `word` is a code of the dictionary ({@link Words}).
 */
export type ColumnKind = 'u8' | 'u16' | 'u32' | 'f64' | 'word';

/** Names and kinds of the columns of one document type. */
export type ColumnSpec = Readonly<Record<string, ColumnKind>>;

interface ArrayOfKind {
  readonly u8: Uint8Array<ArrayBuffer>;
  readonly u16: Uint16Array<ArrayBuffer>;
  readonly u32: Uint32Array<ArrayBuffer>;
  readonly f64: Float64Array<ArrayBuffer>;
  readonly word: Uint32Array<ArrayBuffer>;
}

export type CellArray = ArrayOfKind[ColumnKind];

/** One typed array per column, all of the same length. */
export type Cells<S extends ColumnSpec> = { readonly [K in keyof S]: ArrayOfKind[S[K]] };

const BYTES: Readonly<Record<ColumnKind, number>> = { f64: 8, u32: 4, word: 4, u16: 2, u8: 1 };

const view = (kind: ColumnKind, buffer: ArrayBuffer, offset: number, rows: number): CellArray => {
  switch (kind) {
    case 'f64':
      return new Float64Array(buffer, offset, rows);
    case 'u32':
    case 'word':
      return new Uint32Array(buffer, offset, rows);
    case 'u16':
      return new Uint16Array(buffer, offset, rows);
    case 'u8':
      return new Uint8Array(buffer, offset, rows);
  }
};

/** Column names in the order in which they lie in a buffer: widest first, so that every array is aligned. */
export const columnOrder = (spec: ColumnSpec): readonly string[] =>
  Object.keys(spec).toSorted((a, b) => BYTES[spec[b] ?? 'u8'] - BYTES[spec[a] ?? 'u8']);

export const bytesPerRow = (spec: ColumnSpec): number =>
  Object.values(spec).reduce((sum, kind) => sum + BYTES[kind], 0);

/** Lays the columns of `spec` over one buffer of `rows` rows. */
export function cellsOver<S extends ColumnSpec>(spec: S, buffer: ArrayBuffer, rows: number): Cells<S> {
  const cells: Record<string, CellArray> = {};
  let offset = 0;
  for (const name of columnOrder(spec)) {
    const kind = spec[name] ?? 'u8';
    cells[name] = view(kind, buffer, offset, rows);
    offset += BYTES[kind] * rows;
  }
  // A copy, because an object that got many properties by computed names is a hash table to V8, and so is
  // every look at a cell.
  return { ...cells } as Cells<S>;
}
