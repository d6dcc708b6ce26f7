import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { Attachment } from '#shared/domain/attachment.ts';
import { Attachments, type StoredAttachment } from '#renderer/data/attachments/attachments.ts';
import { declareDatabase } from '#renderer/data/store/database.ts';
import { attachmentCentre } from '#tests/fakes/attachment-centre.ts';
import { photoBytes } from '#tests/fixtures/photo-bytes.ts';

let count = 0;

/** One workstation's files before a centre; `files` outlives its database. */
function workstation(centre = attachmentCentre(), files = new Map<string, Uint8Array<ArrayBuffer>>()) {
  count += 1;
  const db = declareDatabase(`pult:attachments-${count}`, 'strict');
  const table = db.table<StoredAttachment, string>('attachment');
  const world = { isLive: true, epoch: 'first', now: 0, named: new Map<string, Attachment>() };
  const attachments = new Attachments({
    table,
    files: {
      keep: async (hash, bytes) => void files.set(hash, bytes),
      read: async (hash, from, to) => files.get(hash)?.slice(from, to) ?? null,
      list: async () => [...files].map(([hash, { length }]) => ({ hash, size: length })),
      remove: async (hash) => void files.delete(hash),
    },
    line: centre.line,
    now: () => world.now,
    epoch: async () => world.epoch,
    isLive: async () => world.isLive,
    named: async () => world.named,
    onChange: () => undefined,
  });
  const keep = async (data: number, name = 'двор.jpg'): Promise<Attachment> => {
    const kept = await attachments.keep(photoBytes({ data: [data] }), name);
    if (!kept.ok) throw new Error(kept.problem);
    return kept.attachment;
  };
  const name = (file: Attachment): void => void world.named.set(file.hash, file);
  return { attachments, centre, files, table, world, keep, name };
}

test('a file that no command has named stays here; named, it is handed in and kept until the command is gone', async () => {
  const { attachments, centre, files, keep, name, world } = workstation();
  const file = await keep(1);
  await attachments.send();
  expect(centre.calls).toEqual([]);
  name(file);
  await attachments.send();
  expect([...centre.here.keys()]).toEqual([file.hash]);
  expect(attachments.waiting).toEqual([]);
  expect(files.has(file.hash)).toBe(true);
  world.named.clear();
  await attachments.send();
  expect(files.has(file.hash)).toBe(false);
  expect(await attachments.read('incident', file.hash)).toEqual(centre.here.get(file.hash));
});

test('a cut anywhere goes on from where the centre stands, and no part is sent twice', async () => {
  const whole = workstation();
  whole.name(await whole.keep(2));
  await whole.attachments.send();
  const steps = whole.centre.calls.length;
  for (let cut = 1; cut < steps; cut += 1) {
    const { attachments, centre, keep, name } = workstation();
    const file = await keep(2);
    name(file);
    centre.world.callsLeft = cut;
    await attachments.send();
    expect(attachments.waiting).toMatchObject([{ hash: file.hash, refused: null }]);
    centre.world.callsLeft = Infinity;
    await attachments.send();
    attachments.close();
    expect([...centre.here.keys()]).toEqual([file.hash]);
  }
});

test('an upload the centre removed or misplaced goes on; one it refuses is named and not tried again', async () => {
  const { attachments, centre, files, keep, name, world } = workstation();
  const file = await keep(3);
  name(file);
  let isFirst = true;
  centre.world.beforePart = () => {
    if (!isFirst) return null;
    isFirst = false;
    centre.arrived.clear();
    return { state: 'gone' };
  };
  await attachments.send();
  expect([...centre.here.keys()]).toEqual([file.hash]);
  const other = await keep(4);
  name(other);
  centre.world.beforePart = () => ({ state: 'refused', problem: 'hidden_content' });
  await attachments.send();
  expect(attachments.waiting).toMatchObject([{ hash: other.hash, refused: 'hidden_content' }]);
  const before = centre.calls.length;
  world.named.clear();
  await attachments.send();
  expect(centre.calls).toHaveLength(before);
  expect(files.has(other.hash), 'the only copy stays until a person has dealt with it').toBe(true);
  await attachments.dismiss(other.hash);
  expect(files.has(other.hash)).toBe(false);
  expect(attachments.waiting).toEqual([]);
});

test('a centre that only sends back is left for later', async () => {
  const { attachments, centre, keep, name } = workstation();
  name(await keep(5));
  centre.world.beforePart = () => ({ state: 'misplaced', received: 0 });
  await attachments.send();
  attachments.close();
  expect(centre.calls.length).toBeLessThan(10);
  expect(attachments.waiting).toHaveLength(1);
});

test('after a restore of the centre what is still kept is handed in again', async () => {
  const { attachments, centre, keep, name, world } = workstation();
  const file = await keep(6);
  name(file);
  await attachments.send();
  centre.here.clear();
  world.epoch = 'restored';
  await attachments.send();
  expect([...centre.here.keys()]).toEqual([file.hash]);
});

test('a lost database loses no file, and a torn one is none', async () => {
  const first = workstation();
  const file = await first.keep(7, 'снимок экрана.jpg');
  first.files.set('f'.repeat(64), Uint8Array.of(1, 2));
  const { attachments, centre, name, table } = workstation(attachmentCentre(), first.files);
  name(file);
  await attachments.recover();
  expect(await table.toCollection().primaryKeys()).toEqual([file.hash]);
  expect((await table.get(file.hash))?.name).toBe('снимок экрана.jpg');
  await attachments.send();
  expect([...centre.here.keys()]).toEqual([file.hash]);
});

test('bytes that vanished here are told as damaged, and a choice never named goes after a month', async () => {
  const { attachments, files, keep, name, world, table } = workstation();
  const file = await keep(8);
  name(file);
  files.clear();
  await attachments.send();
  expect(attachments.waiting).toMatchObject([{ hash: file.hash, refused: 'damaged' }]);
  const chosen = await keep(9);
  world.now = 31 * 24 * 3600_000;
  await attachments.send();
  expect(files.has(chosen.hash)).toBe(false);
  expect(await table.get(chosen.hash)).toBeUndefined();
});

test('what is no picture or PDF is not kept', async () => {
  const { attachments, files } = workstation();
  const kept = await attachments.keep(new TextEncoder().encode('MZ…'), 'счёт.exe');
  expect(kept).toEqual({ ok: false, problem: 'not_accepted' });
  expect(files.size).toBe(0);
});
