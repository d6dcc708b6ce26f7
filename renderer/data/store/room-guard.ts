import { failed } from '#renderer/data/sync/failure.ts';
import { DiskFullError } from '#renderer/data/sync/storage-trouble.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';
import { refuseBulkWithoutRoom } from './disk-room.ts';

const LOOK_AGAIN_MS = 60_000;

/**
 * Stops bulk work while the disk has no more than the reserve for operators' actions: pages are not even
 * fetched. Pushes and the greeting go on, so that what was done still reaches the API.
 */
export function withRoomGuard(transport: Transport, onFull: () => void): Transport {
  const guarded =
    <A extends readonly unknown[], R>(fetchPage: (...args: A) => Promise<R>) =>
    async (...args: A) => {
      try {
        await refuseBulkWithoutRoom();
      } catch (error) {
        if (!(error instanceof DiskFullError)) throw error;
        onFull();
        return failed({ kind: 'busy', status: 507, afterMs: LOOK_AGAIN_MS });
      }
      return fetchPage(...args);
    };
  return {
    ...transport,
    snapshot: guarded(transport.snapshot),
    changes: guarded(transport.changes),
    bucket: guarded(transport.bucket),
  };
}
