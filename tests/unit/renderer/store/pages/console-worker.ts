import { v7 } from 'uuid';
import { opfsWaitingFiles } from '#renderer/data/attachments/opfs-waiting-files.ts';
import { opfsSpare } from '#renderer/data/store/photo-spare.ts';
import { STORE_METHODS } from '#renderer/data/store/console-store.ts';
import type { WorkerNews } from '#renderer/data/store/worker-methods.ts';
import { windowStore } from '#renderer/data/store/window-store.ts';
import { sendNews, serve } from '#renderer/data/rpc/port.ts';
import { failed } from '#renderer/data/sync/failure.ts';
import { OpfsJournal } from '#renderer/data/sync/opfs-journal.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';

declare const self: DedicatedWorkerGlobalScope;

const down = async () => failed({ kind: 'network', message: 'no network in this test' });

const later = async () => ({ state: 'later', afterMs: null }) as const;

/** A line that is down: everything here happens on the workstation. */
const noNetwork: Transport = {
  hello: down,
  snapshot: down,
  changes: down,
  push: down,
  known: down,
  digest: down,
  bucket: down,
  stream: (_onPoke, signal) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => void down().then(resolve));
    }),
};

serve(
  self,
  STORE_METHODS,
  windowStore({
    lines: () => ({
      transport: noNetwork,
      photos: { send: down, fetch: down },
      attachments: { begin: later, part: later, finish: later, fetch: down },
    }),
    spare: opfsSpare,
    waitingFiles: opfsWaitingFiles,
    appVersion: 'test',
    journal: (profile) => OpfsJournal.open(profile, v7),
    onChange: (change) => sendNews<WorkerNews>(self, { change }),
    onOwnerSilence: (isOwnerSilent) => sendNews<WorkerNews>(self, { isOwnerSilent }),
  }),
);
