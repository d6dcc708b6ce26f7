import { blobSource } from '#shared/exchange/byte-source.ts';
import { previewFile } from '#shared/exchange/preview.ts';
import { sendNews, serve } from '#renderer/data/rpc/port.ts';
import { PREVIEW_METHODS } from './preview-methods.ts';

declare const self: DedicatedWorkerGlobalScope;

/** Rows between two announcements. */
const ANNOUNCE_EVERY = 2000;

/** Reads files beside the page, so that a large one never holds up the keyboard. */
serve(self, PREVIEW_METHODS, {
  preview: (file, options) => {
    let announced = 0;
    const onProgress = (rows: number): boolean => {
      if (rows >= announced + ANNOUNCE_EVERY) {
        announced = rows;
        sendNews(self, rows);
      }
      return true;
    };
    return previewFile(blobSource(file), { ...options, shown: 20, onProgress });
  },
});
