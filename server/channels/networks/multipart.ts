import { randomUUID } from 'node:crypto';
import type { OutgoingFile } from './connector.ts';

/** A body that is not held in memory: its length is known beforehand, its bytes come as they are read. */
export interface StreamedBody {
  readonly type: string;
  readonly length: number;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** A file as a field of a form. */
export interface FormFile {
  readonly field: string;
  readonly file: OutgoingFile;
}

/** Escapes what a name within a form may not hold (HTML, "multipart/form-data encoding algorithm"). */
const escaped = (name: string): string =>
  name.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');

/** A form with files (RFC 7578). */
export function multipart(
  fields: Readonly<Record<string, string>>,
  files: readonly FormFile[],
): StreamedBody {
  const boundary = `pult-${randomUUID()}`;
  const open = (field: string, more: string): string =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${escaped(field)}"${more}\r\n\r\n`;
  const plain = Object.entries(fields).map(([name, value]) => Buffer.from(`${open(name, '')}${value}\r\n`));
  const heads = files.map(({ field, file: { name, type } }) =>
    Buffer.from(open(field, `; filename="${escaped(name)}"\r\ncontent-type: ${type}`)),
  );
  const after = Buffer.from('\r\n');
  const end = Buffer.from(`--${boundary}--\r\n`);
  const lengthOf = (parts: readonly Buffer[]): number => parts.reduce((sum, { length }) => sum + length, 0);
  const bytes = files.reduce((sum, { file }) => sum + file.size + after.length, 0);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    length: lengthOf(plain) + lengthOf(heads) + bytes + end.length,
    async *chunks() {
      yield* plain;
      for (const [index, { file }] of files.entries()) {
        yield heads[index] ?? end;
        yield* file.read();
        yield after;
      }
      yield end;
    },
  };
}
