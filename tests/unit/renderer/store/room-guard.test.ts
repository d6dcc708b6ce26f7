import { expect, test } from 'vitest';
import { withRoomGuard } from '#renderer/data/store/room-guard.ts';
import { ModelApi } from '#tests/helpers/model-api.ts';
import { idMaker, operator, REFERENCE } from '#tests/helpers/sync-fixtures.ts';

test('the guard passes on all that is asked, the bytes of a page too', async () => {
  const newId = idMaker(3);
  const real = new ModelApi(newId(), REFERENCE).transport(operator('u1'));
  const asked: unknown[][] = [];
  const noting =
    <A extends unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      asked.push(args);
      return call(...args);
    };
  const noted = {
    ...real,
    snapshot: noting(real.snapshot),
    changes: noting(real.changes),
    bucket: noting(real.bucket),
  };
  const guarded = withRoomGuard(noted, () => undefined);
  const query = { after: 0, clientId: newId(), epoch: newId(), scope: 'all', limit: 1, bytes: 5 };
  const ask = { part: 'open', after: '', bytes: 5 } as const;
  await guarded.snapshot(ask);
  await guarded.changes(query);
  await guarded.bucket(1, '', 5);
  expect(asked).toEqual([[ask], [query], [1, '', 5]]);
});
