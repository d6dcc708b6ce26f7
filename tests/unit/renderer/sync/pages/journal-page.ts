import { clientOf } from '#renderer/data/rpc/client.ts';
import { callOver } from '#renderer/data/rpc/port.ts';
import { JOURNAL_METHODS } from './journal-methods.ts';
import './journal-page-globals.ts';

const worker = () =>
  clientOf(
    JOURNAL_METHODS,
    callOver(new Worker('/build/journal-worker.js', { type: 'module' }), JOURNAL_METHODS),
  );
const [first, second] = [worker(), worker()];

window.journals = {
  append: async (which, id, clientId, seq) => (which === 0 ? first : second).append(id, clientId, seq),
  noteEnds: async (ids, known, clientId) => first.noteEnds(ids, known, clientId),
  read: async () => (await first.read()).map(({ id, known }) => `${id} ${known}`),
  tear: async () => first.tear(),
  files: async () => first.files(),
  markFilled: async () => first.markFilled(),
  wasFilled: async () => first.wasFilled(),
  pruneAccepted: async () => first.pruneAccepted(),
};
