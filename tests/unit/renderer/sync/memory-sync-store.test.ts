import { MemorySyncStore } from '#tests/helpers/memory-sync-store.ts';
import { idMaker } from '#tests/helpers/sync-fixtures.ts';
import { syncStoreConformance } from '#tests/unit/renderer/sync-store-conformance.ts';

syncStoreConformance('memory', async () => {
  const store = new MemorySyncStore(idMaker(1)());
  return { store, reopen: async () => store };
});
