import type { Page } from 'playwright-core';
import { v7 as uuidv7 } from 'uuid';
import type { CallMessage } from '#renderer/data/rpc/message.ts';
import type { MethodArgs, MethodResult } from '#renderer/data/rpc/method-table.ts';
import type { OWNER_METHODS } from '#renderer/data/store/console-store.ts';

type Methods = typeof OWNER_METHODS;

const CHANNEL = 'pult-owner pult:eao:operator';

/**
 * Calls the operator's real local store in its worker, the way a second window of the console does. Answers
 * only once the worker owns the database; a call nobody answers is asked again.
 */
export async function callStore<M extends keyof Methods>(
  page: Page,
  method: M,
  ...args: MethodArgs<Methods, M>
): Promise<MethodResult<Methods, M>> {
  const call = { id: uuidv7(), method, args, at: Date.now() };
  const value = await page.evaluate(
    async ({ channel, question }) => {
      const line = new BroadcastChannel(channel);
      const asking = setInterval(() => line.postMessage({ t: 'call', call: question }), 300);
      try {
        return await new Promise<unknown>((done, fail) => {
          line.onmessage = ({ data }: MessageEvent<CallMessage<Methods, unknown>>) => {
            if (data.t !== 'answer' || data.id !== question.id) return;
            if (data.given.ok) done(data.given.value);
            else fail(new Error(data.given.message));
          };
          line.postMessage({ t: 'call', call: question });
        });
      } finally {
        clearInterval(asking);
        line.close();
      }
    },
    { channel: CHANNEL, question: call },
  );
  return value as MethodResult<Methods, M>;
}

/**
 * Adds notes without end to these incidents through the store, several at a time. `onSaved` hears of each as
 * soon as the store has said that it is saved; what it heard is what the operator was promised.
 */
export async function writeNotes(
  page: Page,
  incidents: readonly string[],
  prefix: string,
  onSaved: (text: string) => void,
): Promise<void> {
  await page.exposeFunction('pultSaved', onSaved);
  await page.evaluate(
    ({ channel, ids, start }) => {
      const saved = (globalThis as unknown as { pultSaved: (text: string) => void }).pultSaved;
      const line = new BroadcastChannel(channel);
      const waiting = new Map<string, () => void>();
      line.onmessage = ({ data }: MessageEvent<CallMessage<Methods, MethodResult<Methods, 'dispatch'>>>) => {
        if (data.t !== 'answer') return;
        if (data.given.ok && data.given.value.ok) waiting.get(data.id)?.();
      };
      const write = async (lane: number): Promise<never> => {
        for (let n = 1; ; n += 1) {
          const text = `${start}.${lane}.${n}`;
          const id = crypto.randomUUID();
          await new Promise<void>((done) => {
            waiting.set(id, done);
            const command = { name: 'note', args: { text } };
            line.postMessage({
              t: 'call',
              call: { id, method: 'dispatch', args: [ids[(n + lane) % ids.length], command], at: Date.now() },
            });
          });
          waiting.delete(id);
          saved(text);
        }
      };
      for (let lane = 0; lane < 3; lane += 1) void write(lane);
    },
    { channel: CHANNEL, ids: incidents, start: prefix },
  );
}
