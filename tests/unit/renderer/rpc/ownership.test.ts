import { v7 } from 'uuid';
import { afterEach, expect, test } from 'vitest';
import { method, methodOnce } from '#renderer/data/rpc/method-table.ts';
import { Ownership } from '#renderer/data/rpc/ownership.ts';

const TABLE = {
  who: method<[], string>(),
  read: method<[key: string], string>(),
  write: methodOnce<[text: string], string>(),
};
type Table = typeof TABLE;

/** The database all windows of a test share. */
interface Shared {
  readonly name: string;
  readonly rows: string[];
}

interface Window {
  readonly ownership: Ownership<Table, string>;
  readonly heard: string[];
  /** Calls this owner ran. */
  readonly ran: string[];
  /** From now on nothing this owner does comes to an end. */
  die(): void;
}

const windows: Window[] = [];
const shared = (): Shared => ({ name: v7(), rows: [] });

async function openWindow(who: string, { name, rows }: Shared): Promise<Window> {
  const heard: string[] = [];
  const ran: string[] = [];
  let isDead = false;
  const ended = <R>(value: R): Promise<R> => (isDead ? new Promise(() => undefined) : Promise.resolve(value));
  const ownership = new Ownership<Table, string>({
    name,
    table: TABLE,
    onNews: (news) => heard.push(news),
    own: async () => ({
      service: {
        who: () => ended(who),
        read: (key) => {
          ran.push(`read ${key}`);
          return ended(`${key} by ${who}`);
        },
        write: (text) => {
          ran.push(`write ${text}`);
          rows.push(text);
          return ended(`written by ${who}`);
        },
      },
      doneBefore: { write: async (_since, text) => (rows.includes(text) ? `found by ${who}` : null) },
      close: async () => undefined,
    }),
  });
  await ownership.start();
  const opened = { ownership, heard, ran, die: () => (isDead = true) };
  windows.push(opened);
  return opened;
}

afterEach(async () => {
  for (const { ownership } of windows.splice(0)) await ownership.close();
});

test('the first window owns the database and answers the others', async () => {
  const at = shared();
  const [first, second] = [await openWindow('first', at), await openWindow('second', at)];
  expect(await first.ownership.call('who', [])).toBe('first');
  expect(await second.ownership.call('who', [])).toBe('first');
  first.ownership.sendNews('changed');
  await expect.poll(() => second.heard).toEqual(['changed']);
  expect(first.heard).toEqual(['changed']);
});

test('a call whose owner died is made again, by the window that takes over and by any other', async () => {
  const at = shared();
  const first = await openWindow('first', at);
  const [second, third] = [await openWindow('second', at), await openWindow('third', at)];
  first.die();
  const replies = [second, third].map(({ ownership }, n) => ownership.call('read', [`k${n}`]));
  await expect.poll(() => first.ran.toSorted()).toEqual(['read k0', 'read k1']);
  await first.ownership.close();
  expect(await Promise.all(replies)).toEqual(['k0 by second', 'k1 by second']);
});

test('what is done once is looked for before it is done again', async () => {
  const at = shared();
  const first = await openWindow('first', at);
  const [second, third] = [await openWindow('second', at), await openWindow('third', at)];
  first.die();
  const replies = [second, third].map(({ ownership }, n) => ownership.call('write', [`reply ${n}`]));
  await expect.poll(() => at.rows.length).toBe(2);
  await first.ownership.close();
  expect(await Promise.all(replies)).toEqual(['found by second', 'found by second']);
  expect(at.rows.toSorted()).toEqual(['reply 0', 'reply 1']);
  expect(second.ran).toEqual([]);
});

test('what the dead owner had not done is done by the next, once', async () => {
  const at = shared();
  const [first, second] = [await openWindow('first', at), await openWindow('second', at)];
  first.die();
  const reply = second.ownership.call('write', ['reply']);
  await expect.poll(() => at.rows.length).toBe(1);
  at.rows.length = 0;
  await first.ownership.close();
  expect(await reply).toBe('written by second');
  expect(at.rows).toEqual(['reply']);
});

test('a call that comes twice under one id is done once', async () => {
  const at = shared();
  await openWindow('first', at);
  const line = new BroadcastChannel(`pult-owner ${at.name}`);
  const replies: unknown[] = [];
  line.addEventListener('message', ({ data }) => replies.push(data));
  const call = { id: 'a', method: 'write', args: ['reply'], at: Date.now() };
  line.postMessage({ t: 'call', call });
  line.postMessage({ t: 'call', call });
  await expect.poll(() => replies.length).toBe(2);
  line.close();
  expect(at.rows).toEqual(['reply']);
});
