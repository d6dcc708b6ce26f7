import { expect, it } from 'vitest';
import { columnOrder } from '#renderer/data/store/layout/column-kinds.ts';
import { FACT_COLUMNS } from '#renderer/data/store/fact-cells.ts';
import { packed, unpackFacts } from '#server/report/packed-facts.ts';
import { baseFacts } from '#tests/fixtures/facts.ts';

const COLUMNS =
  'createdAt:f64 closedAt:f64 firstReplyAt:f64 finalReplyAt:f64 approvalMs:f64 number:u32 authorKey:u32 ' +
  'placeKey:u32 group:word topic:word municipality:word answerer:word step:u8 network:u8 kind:u8 ' +
  'importance:u8 type:u8 outcome:u8 closing:u8 rejectReason:u8 grade:u8 surveySent:u8 firstReplyInterim:u8 ' +
  'returns:u8 reopened:u8 deferred:u8 approvals:u8 promisesKept:u8 promisesBroken:u8 promisesOpen:u8';

const PACKED =
  'id number createdAt step group topic municipality network kind importance agency type outcome closing ' +
  'closedAt rejectReason surveySent grade firstReplyAt firstReplyInterim finalReplyAt returns reopened ' +
  'deferred approvals approvalMs promisesKept promisesBroken promisesOpen authorKey placeKey ' +
  'workingMinutes wallMinutes inTime';

it('lays facts out in the console as its stored rows have them', () => {
  const kinds: Readonly<Record<string, string>> = FACT_COLUMNS;
  expect(columnOrder(FACT_COLUMNS).map((name) => `${name}:${kinds[name]}`)).toEqual(COLUMNS.split(' '));
});

it('packs facts in the database as its stored rows have them, and reads every one of them back', () => {
  // A value of its own at every place: two that change places are seen.
  const named = Object.fromEntries(PACKED.split(' ').map((name) => [name, name]));
  const facts = named as unknown as typeof baseFacts;
  expect(packed(facts)).toEqual(PACKED.split(' '));
  expect(Object.keys(baseFacts).toSorted()).toEqual(PACKED.split(' ').toSorted());
  expect(unpackFacts([JSON.stringify(packed(facts))])).toEqual([named]);
});
