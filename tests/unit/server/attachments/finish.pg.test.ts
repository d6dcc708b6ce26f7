import { afterAll, beforeAll, expect, it } from 'vitest';
import { finishUpload } from '#server/attachments/finish-upload.ts';
import { dropUpload } from '#server/attachments/upload.ts';
import type { Database } from '#server/store/database.ts';
import { photoBytes } from '#tests/fixtures/photo-bytes.ts';
import { attachmentDesk, hashOf, type AttachmentDesk } from '#tests/helpers/attachment-desk.ts';

let desk: AttachmentDesk;
beforeAll(async () => {
  desk = await attachmentDesk();
});
afterAll(() => desk.test.stop());

/** The database, where something else happens before its n-th transaction. */
function beforeTransaction(db: Database, n: number, act: () => Promise<unknown>): Database {
  let count = 0;
  return new Proxy(db, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (name !== 'transaction') return typeof value === 'function' ? value.bind(target) : value;
      return () => ({
        execute: async (work: Parameters<ReturnType<Database['transaction']>['execute']>[0]) => {
          if ((count += 1) === n) await act();
          return target.transaction().execute(work);
        },
      });
    },
  });
}

it('answers a window whose upload another one finished or gave up while it was read', async () => {
  const { db } = desk.test.base;
  const who = { region: 'eao', account: desk.idOf('second') };
  const [finished, dropped] = [photoBytes({ data: [1] }), photoBytes({ data: [2] })];
  await desk.begin('second', finished);
  await desk.put('second', finished, 0);
  // Here already, so that whoever finishes first throws his own parts away.
  await desk.handIn('operator', finished);
  const another = beforeTransaction(db, 2, () => desk.finish('second', finished));
  expect(await finishUpload(another, who, hashOf(finished), Date.now())).toMatchObject({
    state: { state: 'here' },
  });
  await desk.begin('second', dropped);
  await desk.put('second', dropped, 0);
  const overtaken = beforeTransaction(db, 2, () => dropUpload(db, who, hashOf(dropped)));
  expect(await finishUpload(overtaken, who, hashOf(dropped), Date.now())).toEqual({ kind: 'no_upload' });
});
