import { v7 } from 'uuid';
import { must } from '#shared/domain/must.ts';
import { attachmentLine } from '#renderer/data/attachments/attachment-line.ts';
import { opfsWaitingFiles } from '#renderer/data/attachments/opfs-waiting-files.ts';
import { clientOf } from '#renderer/data/rpc/client.ts';
import { sendNews, callOver, serve } from '#renderer/data/rpc/port.ts';
import { fetchTransport, photoLine } from '#renderer/data/sync/fetch-transport.ts';
import { OpfsJournal } from '#renderer/data/sync/opfs-journal.ts';
import { STORE_METHODS } from './console-store.ts';
import { opfsSpare } from './photo-spare.ts';
import { SHELL_FILES, shellJournal, shellWaitingFiles } from './shell-files.ts';
import { windowStore, type WindowStore } from './window-store.ts';
import { WORKER_METHODS, type WorkerNews, type WorkerSettings } from './worker-methods.ts';

declare const self: DedicatedWorkerGlobalScope;

function makeStore({ appVersion, addresses, token, isInShell }: WorkerSettings): WindowStore {
  const centre = { addresses: addresses.length > 0 ? addresses : [''], ...(token === null ? {} : { token }) };
  const shell = isInShell ? clientOf(SHELL_FILES, callOver(self, SHELL_FILES)) : null;
  return windowStore({
    appVersion,
    lines: (session) => {
      const line = { ...centre, session };
      return { transport: fetchTransport(line), photos: photoLine(line), attachments: attachmentLine(line) };
    },
    spare: opfsSpare,
    journal: async (profile) =>
      shell === null ? OpfsJournal.open(profile, v7) : shellJournal(shell, profile),
    waitingFiles: async (profile) =>
      shell === null ? opfsWaitingFiles(profile) : shellWaitingFiles(shell, profile),
    onChange: (change) => sendNews<WorkerNews>(self, { change }),
    onOwnerSilence: (isOwnerSilent) => sendNews<WorkerNews>(self, { isOwnerSilent }),
  });
}

let store: WindowStore | null = null;

serve(self, WORKER_METHODS, {
  ...clientOf(STORE_METHODS, async (method, args) => must(store, 'a configured worker')[method](...args)),
  configure: async (settings) => {
    store = makeStore(settings);
  },
});
