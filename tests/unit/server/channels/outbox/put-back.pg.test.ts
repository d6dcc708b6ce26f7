import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readReplyDeliveries } from '#server/channels/outbox/read-deliveries.ts';
import { UNDO_MS } from '#server/channels/outbox/make-deliveries.ts';
import { settleReply } from '#server/channels/outbox/settle-reply.ts';
import { withScope } from '#server/store/database.ts';
import { VkRegion } from '#tests/helpers/vk-region.ts';

let region: VkRegion;
beforeAll(async () => {
  region = await VkRegion.start();
});
afterAll(() => region.stop());

const sending = (incident: string) => readReplyDeliveries(region.base.db, 'eao', incident);

/** The database forgets that a reply was sent, as one that was put back to an earlier moment. */
const forget = (putBackAt: number | null): Promise<unknown> =>
  withScope(region.base.owner, { region: 'eao' }, async (tx) => {
    await sql`delete from reply_send where region_id = 'eao'`.execute(tx);
    await sql`update sync_clock set put_back_at = ${putBackAt} where region_id = 'eao'`.execute(tx);
  });

test('a reply approved before the database was put back is not published again without a look', async () => {
  const { incident } = await region.comment(1, 11, 'Яма');
  await region.approve(incident, 'Заделаем');
  await forget(Date.now() + 1000);
  await region.later(UNDO_MS);
  expect(region.answers()).toEqual([]);
  expect(await sending(incident)).toMatchObject([{ state: 'possibly_sent' }]);
  const [reply] = await sending(incident);
  const word = { region: 'eao', id: reply?.id ?? '', by: 'approver-1' };
  expect(await settleReply(region.channels.outbox, word, { as: 'retry' })).toBe(true);
  await region.later(UNDO_MS);
  expect(region.answers().map(([text]) => text)).toEqual(['Заделаем']);
});

test('whatever sends a reply a second time names it as the first time, so the network takes it once', async () => {
  await forget(null);
  const { incident } = await region.comment(2, 21, 'Снег');
  await region.approve(incident, 'Уберём');
  await region.later(0);
  const [before] = await sending(incident);
  await forget(null);
  await region.later(0);
  const [after] = await sending(incident);
  expect(after?.id).toBe(before?.id);
  expect(after?.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
});
