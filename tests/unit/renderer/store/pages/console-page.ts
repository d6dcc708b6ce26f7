import { clientOf } from '#renderer/data/rpc/client.ts';
import { callOver, onNews } from '#renderer/data/rpc/port.ts';
import { STORE_METHODS } from '#renderer/data/store/console-store.ts';
import { FIRST_QUERY } from '#renderer/data/store/first-query.ts';
import type { WorkerNews } from '#renderer/data/store/worker-methods.ts';
import './console-page-globals.ts';
import { REGISTER } from '#tests/helpers/register-args.ts';

const session = {
  account: { id: 'u1', login: 'u1', displayName: 'Оператор', role: 'operator', agency: null },
  region: { code: 'eao', name: 'ЕАО', timeZone: 'Asia/Vladivostok' },
  expiresAt: 4_102_444_800_000,
} as const;

const worker = new Worker('/build/console-worker.js', { type: 'module' });
const store = clientOf(STORE_METHODS, callOver(worker, STORE_METHODS));
let changes = 0;
let isOwnerSilent = false;

window.pult = {
  open: async () => {
    onNews<WorkerNews>(worker, (news) => {
      if ('change' in news) changes += 1;
      else isOwnerSilent = news.isOwnerSilent;
    });
    await store.open(session);
  },
  register: async (text) => {
    const result = await store.dispatch('', { name: 'register', args: { ...REGISTER, text } });
    if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  },
  texts: async () => (await store.queue(FIRST_QUERY, 0, 50)).rows.map((row) => row.text),
  joined: async () => (await store.joined('none')).length,
  unsent: async () => (await store.status()).unsent,
  changes: () => changes,
  isOwnerSilent: () => isOwnerSilent,
  alarms: async () => (await store.status()).alarms.map(({ kind }) => kind),
};
