import type { Readable } from 'node:stream';
import { ATTACHMENT_PART_BYTES } from '#shared/protocol/attachments.ts';
import { ApiFailure } from './errors.ts';

/** 512 KiB in a minute is 70 kilobits a second; what is slower holds a connection and memory for nothing. */
const PART_TIMEOUT_MS = 60_000;

/**
 * The bytes of a part, within its bounds of length and time. The stream is left as it is when they are
 * broken, for to end it would be to end the line before the answer.
 */
export function readPart(body: Readable, timeoutMs = PART_TIMEOUT_MS): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const limit = setTimeout(() => finish(() => reject(new ApiFailure('too_slow'))), timeoutMs);
    const finish = (end: () => void): void => {
      clearTimeout(limit);
      body.removeListener('data', onData).pause();
      end();
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= ATTACHMENT_PART_BYTES) chunks.push(chunk);
      else finish(() => reject(new ApiFailure('too_large', { maxBytes: ATTACHMENT_PART_BYTES })));
    };
    body
      .on('data', onData)
      .once('end', () => finish(() => resolve(Buffer.concat(chunks))))
      .once('error', () => finish(() => reject(new ApiFailure('bad_request', { reason: 'cut' }))));
  });
}
