import { v7 } from 'uuid';
import { afterEach, expect, test, vi } from 'vitest';
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
  /** News to this window of an owner that stands still, and of its end. */
  readonly silences: boolean[];
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
  const silences: boolean[] = [];
  let isDead = false;
  const ended = <R>(value: R): Promise<R> => (isDead ? new Promise(() => undefined) : Promise.resolve(value));
  const ownership = new Ownership<Table, string>({
    name,
    table: TABLE,
    onNews: (news) => heard.push(news),
    onSilence: (isSilent) => silences.push(isSilent),
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
  const opened = { ownership, heard, silences, ran, die: () => (isDead = true) };
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

/** A window of this build that has the lock and stands still: it hears nothing and says nothing. */
async function standStill({ name }: Shared): Promise<() => void> {
  const [held, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  void navigator.locks.request(`pult-owner ${name}`, () => (held.resolve(), over.promise));
  await held.promise;
  return over.resolve;
}

/** Lets time pass for those who wait, question by question, with room for an answer after each. */
async function passQuestions(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    vi.advanceTimersByTime(2000);
    await new Promise((done) => setImmediate(() => setImmediate(done)));
  }
}

test('a window that waits for one that stands still is told, and told again when it is over', async () => {
  const at = shared();
  const die = await standStill(at);
  const waiting = await openWindow('waiting', at);
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const reply = waiting.ownership.call('read', ['k']);
    await passQuestions(5);
    expect(waiting.silences).toEqual([]);
    await passQuestions(1);
    expect(waiting.silences).toEqual([true]);
    die();
    expect(await reply).toBe('k by waiting');
    expect(waiting.silences).toEqual([true, false]);
  } finally {
    vi.useRealTimers();
  }
});

test('an owner that takes long over a call is not taken for one that stands still', async () => {
  const at = shared();
  const first = await openWindow('first', at);
  const second = await openWindow('second', at);
  first.die();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const reply = second.ownership.call('read', ['k']);
    await expect.poll(() => first.ran).toEqual(['read k']);
    await passQuestions(30);
    expect(second.silences).toEqual([]);
    await first.ownership.close();
    expect(await reply).toBe('k by second');
  } finally {
    vi.useRealTimers();
  }
});
