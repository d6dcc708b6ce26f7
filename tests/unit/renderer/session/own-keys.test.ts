import { expect, test } from 'vitest';
import { claimUnowned, ownKey } from '#renderer/data/session/own-keys.ts';

/** A page's storage in memory. */
function storageOf(
  entries: Readonly<Record<string, string>>,
): Storage & { readonly all: () => Record<string, string> } {
  const kept = new Map(Object.entries(entries));
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
    all: () => Object.fromEntries(kept),
  };
}

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
  claimUnowned(storage, ANNA);
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
  claimUnowned(storage, ANNA);
  expect(storage.all()).toEqual({ 'pult:eao:operator.draft.i1.reply': 'новое' });
});

test('when nobody is remembered they belong to nobody: the next person must not read them', () => {
  const storage = storageOf({ ...OLD, ...LOOKS });
  claimUnowned(storage, null);
  expect(storage.all()).toEqual(LOOKS);
});
