import { removeUnusedAttachments } from './attachments/remove-attachments.ts';
import type { Channels } from './channels/channels.ts';
import { removeOldEvents } from './channels/inbox/retention.ts';
import { removeUnusedPhotos } from './photos/remove-unused.ts';
import { runHourly } from './process/hourly.ts';

/** Removes what nobody needs any more, every hour. Every process may: they pass over each other's rows. */
export const runCleaning = (channels: Channels, eventDays: number, onTrouble: (error: unknown) => void) =>
  runHourly(
    [
      (stopping) => removeOldEvents(channels, eventDays, stopping),
      (stopping) => removeUnusedPhotos(channels.db, channels.now(), stopping),
      (stopping) => removeUnusedAttachments(channels.db, channels.now(), stopping),
    ],
    onTrouble,
  );
