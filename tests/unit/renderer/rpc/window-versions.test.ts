import { v7 } from 'uuid';
import { afterEach, expect, test, vi } from 'vitest';
import { method, methodOnce, type MethodTable } from '#renderer/data/rpc/method-table.ts';
import { Ownership, type Owner } from '#renderer/data/rpc/ownership.ts';

const OLD = { read: method<[], string>(), write: methodOnce<[text: string], string>() };
const NEW = { ...OLD, count: method<[], number>() };
/** A build that neither came before nor after {@link NEW}: it has a method more and one less. */
const OTHER = { ...OLD, sum: method<[], number>() };

/** The database all windows of a test share. */
interface Shared {
  readonly name: string;
  readonly rows: string[];
  /** Windows that have it open; never more than one. */
  readonly open: string[];
}

const shared = (): Shared => ({ name: v7(), rows: [], open: [] });
const closings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

/** The service of any build; a held call ends when `gate` does, or fails when its owner is closed before. */
function serviceOf(who: string, { rows, open }: Shared, gate: Promise<void>) {
  let isClosed = false;
  const whole = async <R>(work: () => R): Promise<R> => {
    await gate;
    if (isClosed) throw Object.assign(new Error('The database is closed'), { name: 'DatabaseClosedError' });
    return work();
  };
  if (open.length > 0) throw new Error(`${who} opens what ${open.join()} has open`);
  open.push(who);
  return {
    service: {
      read: () => whole(() => `read by ${who}`),
      write: (text: string) => whole(() => (rows.push(text), `written by ${who}`)),
      count: () => whole(() => rows.length),
      sum: () => whole(() => 0),
    },
    doneBefore: {
      write: async (_since: number, text: string) => (rows.includes(text) ? `found by ${who}` : null),
    },
    close: async () => {
      isClosed = true;
      open.splice(open.indexOf(who), 1);
    },
  };
}

async function openWindow<T extends MethodTable>(
  { name }: Shared,
  table: T,
  own: () => Owner<T>,
): Promise<{ readonly ownership: Ownership<T, string>; readonly heard: string[] }> {
  const heard: string[] = [];
  const ownership = new Ownership<T, string>({
    name,
    table,
    onNews: (news) => heard.push(news),
    onSilence: () => undefined,
    own: async () => own(),
  });
  await ownership.start();
  closings.push(() => ownership.close());
  return { ownership, heard };
}

const openOld = (who: string, at: Shared, gate = Promise.resolve()) =>
  openWindow(at, OLD, () => serviceOf(who, at, gate));
const openNew = (who: string, at: Shared) => openWindow(at, NEW, () => serviceOf(who, at, Promise.resolve()));
const openOther = (who: string, at: Shared) =>
  openWindow(at, OTHER, () => serviceOf(who, at, Promise.resolve()));

test('an owner of an older build hands over to the window whose method it does not know', async () => {
  const at = shared();
  const old = await openOld('old', at);
  const fresh = await openNew('new', at);
  expect(await fresh.ownership.call('write', ['яма'])).toBe('written by old');
  expect(await fresh.ownership.call('count', [])).toBe(1);
  expect(await old.ownership.call('read', [])).toBe('read by new');
  expect(await old.ownership.call('write', ['снег'])).toBe('written by new');
  expect(at).toMatchObject({ rows: ['яма', 'снег'], open: ['new'] });
});

test('the window that handed over owns the database again when the newer one is closed', async () => {
  const at = shared();
  const old = await openOld('old', at);
  const fresh = await openNew('new', at);
  await fresh.ownership.call('count', []);
  await fresh.ownership.close();
  expect(await old.ownership.call('read', [])).toBe('read by old');
  expect(at.open).toEqual(['old']);
});

test('several older windows hand over one after another until the newest owns the database', async () => {
  const at = shared();
  const olds = [await openOld('first', at), await openOld('second', at), await openOld('third', at)];
  const fresh = await openNew('new', at);
  expect(await fresh.ownership.call('count', [])).toBe(0);
  expect(at.open).toEqual(['new']);
  for (const { ownership } of olds) expect(await ownership.call('read', [])).toBe('read by new');
});

test('what was under way when the owner handed over is done by the next, once', async () => {
  const at = shared();
  let openGate: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    openGate = resolve;
  });
  const old = await openOld('old', at, gate);
  const [follower, fresh] = [await openOld('follower', at), await openNew('new', at)];
  const writes = [old, follower].map(({ ownership }, n) => ownership.call('write', [`ответ ${n}`]));
  const counted = fresh.ownership.call('count', []);
  await expect.poll(() => at.open).not.toContain('old');
  openGate();
  for (const written of await Promise.all(writes)) expect(written).toMatch(/^written by (new|follower)$/);
  expect(await counted).toBeLessThanOrEqual(2);
  expect(at.rows.toSorted()).toEqual(['ответ 0', 'ответ 1']);
});

test('a window of another build that is no older is refused by name, and the owner goes on', async () => {
  const at = shared();
  const owner = await openNew('new', at);
  const other = await openOther('other', at);
  await expect(other.ownership.call('sum', [])).rejects.toMatchObject({
    name: 'versions_differ',
    message: 'No method sum',
  });
  expect(await other.ownership.call('read', [])).toBe('read by new');
  expect(await owner.ownership.call('count', [])).toBe(0);
  expect(at.open).toEqual(['new']);
});

test('an owner that does not let go is given up after a minute, and the call with it', async () => {
  const at = shared();
  const closing = Promise.withResolvers<void>();
  const isClosing = Promise.withResolvers<void>();
  const close = (): Promise<void> => (isClosing.resolve(), closing.promise);
  await openWindow(at, OLD, () => ({ ...serviceOf('old', at, Promise.resolve()), close }));
  const fresh = await openNew('new', at);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const refused = fresh.ownership.call('count', []).catch((error: unknown) => error);
    await isClosing.promise;
    vi.advanceTimersByTime(60_000);
    expect(await refused).toMatchObject({ name: 'versions_differ' });
  } finally {
    vi.useRealTimers();
  }
  at.open.length = 0;
  closing.resolve();
  expect(await fresh.ownership.call('count', [])).toBe(0);
});

test('a window that cannot open the database refuses what waits under that name, and tries again', async () => {
  const at = shared();
  const owner = await openNew('new', at);
  let isNewer = true;
  const old = await openWindow(at, OLD, () => {
    if (isNewer) throw Object.assign(new Error('a newer version'), { name: 'storage_newer' });
    return serviceOf('old', at, Promise.resolve());
  });
  expect(await old.ownership.call('read', [])).toBe('read by new');
  await owner.ownership.close();
  await expect(old.ownership.call('read', [])).rejects.toMatchObject({ name: 'storage_newer' });
  isNewer = false;
  expect(await old.ownership.call('read', [])).toBe('read by old');
});

/** A window of the first builds, which knew these messages alone. */
function firstBuild({ name }: Shared) {
  const line = new BroadcastChannel(`pult-owner ${name}`);
  closings.push(async () => line.close());
  return line;
}

test('an owner of the first builds answers, tells changes, and is told apart by its nameless failures', async () => {
  const at = shared();
  const line = firstBuild(at);
  const isHeld = Promise.withResolvers<void>();
  const isOver = Promise.withResolvers<void>();
  void navigator.locks.request(`pult-owner ${at.name}`, () => (isHeld.resolve(), isOver.promise));
  closings.unshift(async () => isOver.resolve());
  await isHeld.promise;
  line.addEventListener('message', ({ data }) => {
    if (data.t !== 'call') return;
    const given =
      data.call.method === 'read'
        ? { ok: true, value: 'read by the first build' }
        : { ok: false, message: 'run is undefined' };
    line.postMessage({ t: 'answer', id: data.call.id, given });
  });
  const fresh = await openNew('new', at);
  expect(await fresh.ownership.call('read', [])).toBe('read by the first build');
  await expect(fresh.ownership.call('count', [])).rejects.toMatchObject({ name: 'versions_differ' });
  line.postMessage({ t: 'change', change: 'rows' });
  await expect.poll(() => fresh.heard).toEqual(['rows']);
});

test('a window of the first builds is answered in the words it knows', async () => {
  const at = shared();
  const owner = await openNew('new', at);
  const line = firstBuild(at);
  const heard: { readonly t: string; readonly id?: string; readonly given?: unknown }[] = [];
  line.addEventListener('message', ({ data }) => heard.push(data));
  line.postMessage({ t: 'call', call: { id: 'a', method: 'read', args: [], at: Date.now() } });
  line.postMessage({ t: 'call', call: { id: 'b', method: 'command', args: [], at: Date.now() } });
  await expect.poll(() => heard.length).toBe(2);
  owner.ownership.sendNews('rows');
  await expect.poll(() => heard.length).toBe(3);
  expect(heard.find(({ id }) => id === 'a')).toEqual({
    t: 'answer',
    id: 'a',
    given: { ok: true, value: 'read by new' },
  });
  expect(heard.find(({ id }) => id === 'b')).toMatchObject({
    t: 'answer',
    given: { ok: false, message: 'No method command' },
  });
  expect(heard.at(-1)).toEqual({ t: 'change', change: 'rows' });
});
