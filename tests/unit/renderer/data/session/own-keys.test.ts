import { expect, test } from 'vitest';
import { adoptUnowned, dropSessionKeys, ownKey, sessionKey } from '#renderer/data/session/own-keys.ts';
import { storageOf } from '#tests/helpers/memory-storage.ts';

const ANNA = 'pult:eao:operator';
const OLEG = 'pult:eao:operator2';
const OLD = {
  'pult.draft.i1.reply': 'Здравствуйте!',
  'pult.record.new-campaign': '{"name":"Льготы"}',
  'pult.account': 'Мэрия',
  'pult.shift': '1 2',
  'pult.quiet': '20:00 08:00',
};
const LOOKS = { 'pult.language': 'en', 'pult.theme': 'dark', 'pult.density': 'roomy', 'pult.session': '{}' };

test('what was kept before keys named an account goes to whoever this workstation remembers', () => {
  const storage = storageOf({ ...OLD, ...LOOKS, [ownKey(OLEG, 'draft.i1.reply')]: 'чужое' });
  adoptUnowned(storage, ANNA);
  expect(storage.all()).toEqual({
    ...LOOKS,
    'pult:eao:operator2.draft.i1.reply': 'чужое',
    'pult:eao:operator.draft.i1.reply': 'Здравствуйте!',
    'pult:eao:operator.record.new-campaign': '{"name":"Льготы"}',
    'pult:eao:operator.account': 'Мэрия',
    'pult:eao:operator.shift': '1 2',
    'pult:eao:operator.quiet': '20:00 08:00',
  });
});

test('a newer text under the own key is not overwritten by the old one', () => {
  const storage = storageOf({ 'pult.draft.i1.reply': 'старое', [ownKey(ANNA, 'draft.i1.reply')]: 'новое' });
  adoptUnowned(storage, ANNA);
  expect(storage.all()).toEqual({ 'pult:eao:operator.draft.i1.reply': 'новое' });
});

test('when nobody is remembered they belong to nobody: the next person must not read them', () => {
  const storage = storageOf({ ...OLD, ...LOOKS });
  adoptUnowned(storage, null);
  expect(storage.all()).toEqual(LOOKS);
});

test('what a session left goes at its logout; drafts, looks and another person’s session stay', () => {
  const kept = {
    ...LOOKS,
    [ownKey(ANNA, 'draft.i1.reply')]: 'Здравствуйте!',
    [sessionKey(OLEG, 'gestures')]: '[]',
  };
  const storage = storageOf({
    ...kept,
    [sessionKey(ANNA, 'gestures')]: '[]',
    [sessionKey(ANNA, 'other')]: '1',
  });
  dropSessionKeys(storage, ANNA);
  expect(storage.all()).toEqual(kept);
});
