import { expect, test } from 'vitest';
import { centreSettingsOf } from '#renderer/data/sync/reference-context.ts';
import { rebase } from '#renderer/data/sync/rebase.ts';
import type { PendingCommand } from '#renderer/data/sync/sync-store.ts';
import {
  CLASSIFY,
  idMaker,
  incidentAfter,
  NOON,
  NOTE,
  operator,
  REFERENCE,
  REGISTER,
  ZONE,
} from '#tests/helpers/sync-fixtures.ts';

const newId = idMaker(60);
const settings = centreSettingsOf(REFERENCE, ZONE);
const base = incidentAfter(newId(), [CLASSIFY]);
const item = (
  seq: number,
  name: string,
  args: unknown,
  state: PendingCommand['state'] = 'queued',
): PendingCommand => ({
  id: newId(),
  seq,
  actor: 'u1',
  incident: base.id,
  name,
  args,
  at: NOON + seq,
  baseVersion: 1,
  state,
});
const onto = (confirmed: typeof base | null, pending: readonly PendingCommand[]) =>
  rebase(base.id, confirmed, pending, settings, operator('u1'), new Map());

test('pending commands are replayed over the newer row', () => {
  const newer = incidentAfter(base.id, [CLASSIFY, NOTE('чужая')]);
  const view = onto(newer, [item(1, 'note@1', { text: 'моя' }), item(2, 'claim@1', {})]);
  expect(view?.notes.map(({ text }) => text)).toEqual(['чужая', 'моя']);
  expect(view?.holder).toBe('u1');
});

test('one that no longer applies is passed over; those behind it still apply', () => {
  const taken = { ...base, holder: 'другой' };
  const view = onto(taken, [item(1, 'claim@1', {}), item(2, 'note@1', { text: 'моя' })]);
  expect(view?.holder).toBe('другой');
  expect(view?.notes).toHaveLength(1);
});

test('a quarantined command has no effect, nor has an unreadable one', () => {
  const quarantined = item(1, 'note@1', { text: 'нет' }, 'quarantined');
  expect(onto(base, [quarantined, item(2, 'teleport@9', {})])).toEqual(base);
});

test('with nothing confirmed only a registration makes a view', () => {
  expect(onto(null, [item(1, 'note@1', { text: 'в никуда' })])).toBeNull();
  expect(onto(null, [item(1, 'register@1', REGISTER), item(2, 'note@1', { text: 'сразу' })])).toMatchObject({
    number: null,
    notes: [{ text: 'сразу' }],
  });
});

test('an undo of a command that waits with it leaves what is confirmed, whatever came between', () => {
  const newer = incidentAfter(base.id, [CLASSIFY, NOTE('чужая')]);
  const tag = item(1, 'tag@1', { add: ['двор'], remove: [] });
  const undo = item(2, 'undo@1', { event: tag.id });
  const view = onto(newer, [tag, undo]);
  expect(view).toMatchObject({ tags: newer.tags, step: newer.step, due: newer.due, notes: newer.notes });
  expect(view?.undoable).toBeUndefined();
  // Once the first is confirmed, the second is of the row that came down.
  const tagged = onto(newer, [tag]);
  expect(tagged?.tags).toEqual([...newer.tags, 'двор']);
  expect(onto(tagged, [undo])).toEqual(view);
});

test('an undo of an act that no longer applies is passed over with it', () => {
  const claim = item(1, 'claim@1', {});
  const undo = item(2, 'undo@1', { event: claim.id });
  const taken = { ...base, holder: 'другой' };
  expect(onto(taken, [claim, undo])).toEqual(taken);
});

test('a merge looks at its target', () => {
  const target = incidentAfter(newId(), []);
  const merge = item(1, 'merge@1', { into: target.id });
  expect(onto(base, [merge])).toEqual(base);
  const view = rebase(base.id, base, [merge], settings, operator('u1'), new Map([[target.id, target]]));
  expect(view?.step).toMatchObject({ name: 'merged', into: target.id });
});
