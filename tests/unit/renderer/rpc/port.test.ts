import { afterEach, expect, test } from 'vitest';
import { clientOf } from '#renderer/data/rpc/client.ts';
import { method, methodOnce } from '#renderer/data/rpc/method-table.ts';
import { sendNews, callOver, onNews, serve } from '#renderer/data/rpc/port.ts';

class OddError extends Error {
  override name = 'odd';
}

const TABLE = {
  sum: method<[a: number, b: number], number>(),
  fail: method<[], never>(),
  odd: method<[], unknown>(),
  size: method<[bytes: Uint8Array<ArrayBuffer>], number>(),
  give: method<[bytes: Uint8Array<ArrayBuffer>], number>({ moves: 'arguments' }),
  take: method<[], Uint8Array<ArrayBuffer> | null>({ moves: 'result' }),
  write: methodOnce<[text: string], void>(),
};

let channel: MessageChannel;
const own = new Uint8Array([1, 2, 3]);
const written: string[] = [];

const begin = () => {
  channel = new MessageChannel();
  const { port1: here, port2: there } = channel;
  serve(there, TABLE, {
    sum: async (a, b) => a + b,
    fail: () => Promise.reject(new OddError('no room')),
    odd: async () => () => 'functions do not travel',
    size: async (bytes) => bytes.length,
    give: async (bytes) => bytes.length,
    take: async () => own,
    write: async (text) => void written.push(text),
  });
  here.start();
  there.start();
  return { here, there, service: clientOf(TABLE, callOver(here, TABLE)) };
};

afterEach(() => channel.port1.close());

test('calls find their replies, however many are under way', async () => {
  const { service } = begin();
  expect(await Promise.all([service.sum(1, 2), service.sum(3, 4), service.write('яма')])).toEqual([
    3,
    7,
    undefined,
  ]);
  expect(written).toEqual(['яма']);
});

test('an error arrives under its name with its message', async () => {
  const { service } = begin();
  await expect(service.fail()).rejects.toMatchObject({ name: 'odd', message: 'no room' });
});

test('a result that cannot travel is an error, not a silence', async () => {
  const { service } = begin();
  await expect(service.odd()).rejects.toMatchObject({ name: 'DataCloneError' });
});

test('arguments that cannot travel are an error where they were given', async () => {
  const { here } = begin();
  const table = { put: method<[unknown], void>() };
  await expect(clientOf(table, callOver(here, table)).put(() => 1)).rejects.toMatchObject({
    name: 'DataCloneError',
  });
});

test('a method that is not in the table of the other side is refused, also one every object has', async () => {
  const { here } = begin();
  const newer = { toString: method<[], string>(), later: method<[], void>() };
  const service = clientOf(newer, callOver(here, newer));
  await expect(service.later()).rejects.toThrow('No method later');
  await expect(service.toString()).rejects.toThrow('No method toString');
});

test('bytes are copied unless the table says that they move', async () => {
  const { service } = begin();
  const bytes = new Uint8Array([1, 2, 3, 4]);
  expect(await service.size(bytes)).toBe(4);
  expect(bytes.length).toBe(4);
  expect(await service.give(bytes)).toBe(4);
  expect(bytes.length).toBe(0);
  expect(await service.take()).toEqual(new Uint8Array([1, 2, 3]));
  expect(own.length).toBe(0);
});

test('news reaches every listener and is no reply', async () => {
  const { here, there, service } = begin();
  const heard: string[] = [];
  onNews(here, (news: string) => heard.push(`a ${news}`));
  onNews(here, (news: string) => heard.push(`b ${news}`));
  sendNews(there, 'changed');
  expect(await service.sum(1, 1)).toBe(2);
  expect(heard).toEqual(['a changed', 'b changed']);
});
