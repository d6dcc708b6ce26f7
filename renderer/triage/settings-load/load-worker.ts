import { ownRow } from '#shared/domain/records/own-row.ts';
import { blobSource } from '#shared/exchange/byte-source.ts';
import { readLoad } from '#shared/exchange/settings/read-load.ts';
import { readPeopleFile } from '#shared/exchange/settings/read-people.ts';
import { serve } from '#renderer/data/rpc/port.ts';
import { LOAD_METHODS } from './load-methods.ts';

declare const self: DedicatedWorkerGlobalScope;

/** Reads and judges files of settings beside the page: fourteen thousand rows never hold up the keyboard. */
serve(self, LOAD_METHODS, {
  read: (file, { kind, rows, ...basis }) => {
    const byKind = Map.groupBy(rows, (row) => row.kind);
    return readLoad(blobSource(file), kind, {
      ...basis,
      file: file.name,
      rowsOf: (wanted) => (byKind.get(wanted) ?? []).map(ownRow),
    });
  },
  readPeople: (file, basis) => readPeopleFile(blobSource(file), { ...basis, file: file.name }),
});
