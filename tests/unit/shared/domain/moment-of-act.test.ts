import { describe, expect, it } from 'vitest';
import { momentOfAct } from '#shared/domain/moment-of-act.ts';
import { TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

const MINUTE = 60_000;
const KNOWN = TUESDAY_10;
const NOW = TUESDAY_10 + 240 * MINUTE;

describe('the moment of an act', () => {
  it.each([
    ['between what was known and now', KNOWN + MINUTE, KNOWN + MINUTE],
    ['a little before what was known', KNOWN - MINUTE, KNOWN],
    ['a little ahead', NOW + MINUTE, NOW],
  ])('%s is believed', (_, claimed, at) => {
    expect(momentOfAct(claimed, KNOWN, NOW)).toEqual({ at, claimed: null });
  });

  it.each([
    ['before what was known', KNOWN - 3 * MINUTE],
    ['a year ago', KNOWN - 365 * 24 * 60 * MINUTE],
    ['an hour ahead', NOW + 60 * MINUTE],
  ])('%s is not: the act is entered now', (_, claimed) => {
    expect(momentOfAct(claimed, KNOWN, NOW)).toEqual({ at: NOW, claimed });
  });

  it('is now where an older release has stored moments yet to come', () => {
    expect(momentOfAct(NOW, NOW + 60 * MINUTE, NOW)).toEqual({ at: NOW, claimed: null });
  });
});
