import { expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { MOST_AT_CARD, PRESENCE_MS } from '#shared/protocol/presence.ts';
import { Presence, type PresenceBeat } from '#server/presence/presence.ts';

const incident = uuidv7();
const beat = (
  account: string,
  state: PresenceBeat['state'],
  over: Partial<PresenceBeat> = {},
): PresenceBeat => ({
  region: 'eao',
  incident,
  account,
  state,
  ...over,
});
const ME = beat('me', 'reading');

test('others at the card are told of, with what they do, until they leave', () => {
  const presence = new Presence(() => 0);
  for (const each of [ME, beat('anna', 'writing'), beat('boris', 'reading')]) presence.note(each);
  expect(presence.others(ME)).toEqual([
    { account: 'anna', isWriting: true },
    { account: 'boris', isWriting: false },
  ]);
  presence.note(beat('anna', 'gone'));
  expect(presence.others(ME)).toEqual([{ account: 'boris', isWriting: false }]);
});

test('whoever is silent for long has left', () => {
  let now = 0;
  const presence = new Presence(() => now);
  presence.note(beat('anna', 'writing'));
  now = PRESENCE_MS - 1;
  expect(presence.others(ME)).toHaveLength(1);
  now = PRESENCE_MS;
  expect(presence.others(ME)).toEqual([]);
});

test('another region’s people and another card’s are not there', () => {
  const presence = new Presence(() => 0);
  presence.note(beat('anna', 'writing', { region: 'amur' }));
  presence.note(beat('anna', 'writing', { incident: uuidv7() }));
  expect(presence.others(ME)).toEqual([]);
});

test('cards and people are bounded', () => {
  const presence = new Presence(() => 0);
  for (let n = 0; n < MOST_AT_CARD + 5; n += 1) presence.note(beat(`person-${n}`, 'reading'));
  expect(presence.others(ME)).toHaveLength(MOST_AT_CARD);
  for (let n = 0; n < 5000; n += 1) presence.note(beat('anna', 'reading', { incident: uuidv7() }));
  expect(presence.others(ME)).toEqual([]);
});
