import { v7 } from 'uuid';
import { OpfsJournal } from '#renderer/data/sync/opfs-journal.ts';
import { serve } from '#renderer/data/rpc/port.ts';
import { JOURNAL_METHODS } from './journal-methods.ts';
import type { JournalEntry, JournalState } from '#renderer/data/sync/sync-store.ts';

declare const self: DedicatedWorkerGlobalScope;

let journal: OpfsJournal | null = null;
const opened = async (): Promise<OpfsJournal> => (journal ??= await OpfsJournal.open('eao:u1', v7));
const incident = v7();

serve(self, JOURNAL_METHODS, {
  append: async (id: string, clientId: string, seq: number): Promise<void> =>
    (await opened()).append(
      [
        {
          id,
          seq,
          actor: 'u1',
          incident,
          name: 'note@1',
          args: { text: 'яма' },
          at: 1,
          baseVersion: 1,
          state: 'queued',
        },
      ],
      clientId,
    ),
  noteEnds: async (ids: readonly string[], known: JournalState, clientId: string): Promise<void> =>
    (await opened()).noteEnds(ids, known, clientId),
  read: async (): Promise<readonly JournalEntry[]> => (await opened()).read(),
  markFilled: async (): Promise<void> => (await opened()).markFilled(),
  wasFilled: async (): Promise<boolean> => (await opened()).wasFilled(),
  pruneAccepted: async (): Promise<void> => (await opened()).prune(({ known }) => known !== 'accepted'),
  tear: async (): Promise<number> => {
    const root = await navigator.storage.getDirectory();
    const all = await root.getDirectoryHandle('journal', { create: true });
    const folder = await all.getDirectoryHandle(encodeURIComponent('eao:u1'), { create: true });
    let torn = 0;
    for await (const name of folder.keys()) {
      const handle = await (await folder.getFileHandle(name)).createSyncAccessHandle();
      handle.write(new TextEncoder().encode('\n5k 3f9 {"t":"item","clie'), { at: handle.getSize() });
      handle.close();
      torn += 1;
    }
    return torn;
  },
  files: async (): Promise<number> => {
    const root = await navigator.storage.getDirectory();
    const folder = await (
      await root.getDirectoryHandle('journal')
    ).getDirectoryHandle(encodeURIComponent('eao:u1'));
    let files = 0;
    for await (const _name of folder.keys()) files += 1;
    return files;
  },
});
