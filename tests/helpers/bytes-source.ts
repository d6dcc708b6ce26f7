import type { ByteSource } from '#shared/exchange/byte-source.ts';

/** Bytes in memory as a file to be read. */
export const bytesSource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (start, end) => Promise.resolve(bytes.subarray(start, end)),
});
