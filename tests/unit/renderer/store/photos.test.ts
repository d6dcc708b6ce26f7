import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { declareDatabase } from '#renderer/data/store/database.ts';
import { Photos, type StoredPhoto } from '#renderer/data/store/photos.ts';
import { answered, failed, type Answer } from '#renderer/data/sync/failure.ts';
import { photoBytes } from '#tests/fixtures/photo-bytes.ts';

type Shelf = Map<string, Uint8Array<ArrayBuffer>>;

let count = 0;

/** A workstation's photos before a centre that is a map. */
function workstation(centre: Shelf = new Map(), second: Shelf = new Map()) {
  count += 1;
  const db = declareDatabase(`pult:photos-${count}`, 'strict');
  const world = {
    isLive: true,
    epoch: 'first',
    wanted: new Set<string>(),
    fails: null as Answer<never> | null,
  };
  const sent: string[] = [];
  const photos = new Photos({
    table: db.table<StoredPhoto, string>('photo'),
    line: {
      send: async (hash, bytes) => {
        if (world.fails !== null) return world.fails;
        sent.push(hash);
        centre.set(hash, bytes);
        return answered(null);
      },
      fetch: async (hash) => {
        const bytes = centre.get(hash);
        return bytes === undefined ? failed({ kind: 'network', message: '' }) : answered(bytes);
      },
    },
    spare: {
      put: async (hash, bytes) => void second.set(hash, bytes),
      get: async (hash) => second.get(hash) ?? new Uint8Array(),
      drop: async (hash) => void second.delete(hash),
      all: async () => [...second.keys()],
    },
    epoch: async () => world.epoch,
    isLive: async () => world.isLive,
    wanted: async () => world.wanted,
    onChange: () => undefined,
  });
  const keep = async (data: number): Promise<string> => {
    const kept = await photos.keep(photoBytes({ data: [data] }));
    if (!kept.ok) throw new Error(kept.problem);
    return kept.hash;
  };
  return { photos, world, sent, keep, centre, second };
}

test('a photo without a line is here at once, waits, and goes when the line is back', async () => {
  const { photos, world, sent, keep, centre } = workstation();
  world.isLive = false;
  const hash = await keep(1);
  world.wanted.add(hash);
  await photos.send();
  expect([photos.waiting, sent]).toEqual([1, []]);
  expect(await photos.read(hash)).toEqual(photoBytes({ data: [1] }));
  world.isLive = true;
  await photos.send();
  await photos.send();
  expect([photos.waiting, sent]).toEqual([0, [hash]]);
  const other = workstation(centre);
  expect(await other.photos.read(hash)).toEqual(photoBytes({ data: [1] }));
  centre.clear();
  expect(await other.photos.read(hash)).toEqual(photoBytes({ data: [1] }));
});

test('a photo that was chosen and given up is shown to nobody', async () => {
  const { photos, sent, keep } = workstation();
  await keep(2);
  await photos.send();
  expect([photos.waiting, sent]).toEqual([0, []]);
});

test('a centre that was restored is offered what was sent to it before; one that does not take a photo is not pressed', async () => {
  const { photos, world, sent, keep } = workstation();
  const hash = await keep(3);
  world.wanted.add(hash);
  await photos.send();
  world.epoch = 'after the restore';
  await photos.send();
  expect(sent).toEqual([hash, hash]);
  world.epoch = 'later';
  world.fails = failed({ kind: 'forbidden' });
  await photos.send();
  world.fails = null;
  await photos.send();
  expect([sent.length, photos.waiting]).toEqual([2, 0]);
});

test('bytes that are not the photo asked for are not believed', async () => {
  const { photos, centre } = workstation();
  const { hash } = (await workstation().photos.keep(photoBytes({ data: [4] }))) as { hash: string };
  centre.set(hash, photoBytes({ data: [5] }));
  expect(await photos.read(hash)).toBeNull();
  expect(await photos.keep(new TextEncoder().encode('<svg>'))).toEqual({ ok: false, problem: 'not_jpeg' });
});

test('a lost database loses no photo: what was not sent comes back, what was is not kept twice', async () => {
  const first = workstation();
  first.world.isLive = false;
  const hash = await first.keep(6);
  first.second.set('torn', photoBytes({ data: [7] }).subarray(0, 20));
  const again = workstation(new Map(), first.second);
  again.world.wanted.add(hash);
  await again.photos.recover();
  await again.photos.send();
  expect([...again.centre.keys()]).toEqual([hash]);
  expect([...again.second.keys()]).toEqual(['torn']);
  expect(await again.photos.read('torn')).toBeNull();
});
