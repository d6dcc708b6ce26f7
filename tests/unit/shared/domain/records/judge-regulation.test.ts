import { describe, expect, it, test } from 'vitest';
import { ARMS_LIMITS, type Arms } from '#shared/domain/arms.ts';
import { RATING_PRESETS, ratingRules } from '#shared/domain/rating-rules.ts';
import { decideRecord } from '#shared/domain/record.ts';
import { judgeRegulation } from '#shared/domain/records/judge-regulation.ts';
import { DEFAULT_REGULATION, letterheadOf, REGULATION_ID } from '#shared/domain/regulation.ts';
import { toBase64 } from '#shared/text/base64.ts';
import { photoBytes } from '#tests/fixtures/photo-bytes.ts';

const picture = photoBytes({ data: [1, 2, 3], width: 40, height: 50 });
const ARMS: Arms = { type: 'image/jpeg', width: 40, height: 50, data: toBase64(picture) };
const judged = (more: object, before = DEFAULT_REGULATION) =>
  judgeRegulation({ ...DEFAULT_REGULATION, ...more }, before);
const rated = (rules: readonly object[]) => judged({ rating: { minimum: 5, rules } });

describe('a coat of arms', () => {
  it('that is what it says is taken', () => expect(judged({ arms: ARMS })).toBeNull());

  test.each([
    ['that is no picture', { data: toBase64(new Uint8Array([60, 115, 118, 103])) }, 'not_a_picture'],
    ['that is no base64', { data: 'я я!' }, 'not_a_picture'],
    ['of another kind', { type: 'image/png' }, 'not_a_picture'],
    ['of another size', { width: 41 }, 'other_size'],
    ['that is heavy', { data: toBase64(new Uint8Array(ARMS_LIMITS.bytes + 1)) }, 'too_heavy'],
    ['with something behind its end', { data: toBase64(new Uint8Array([...picture, 0])) }, 'has_metadata'],
  ] as const)('%s is refused by name', (_name, change, problem) => {
    expect(judged({ arms: { ...ARMS, ...change } })).toEqual({ kind: 'arms_unfit', problem });
  });

  it('that nobody touched is not judged again', () => {
    const before = { ...DEFAULT_REGULATION, arms: { ...ARMS, width: 41 } };
    expect(judged({ arms: before.arms, deferDays: 3 }, before)).toBeNull();
  });
});

describe('a rating', () => {
  it('of every preset is taken', () => {
    for (const rating of Object.values(RATING_PRESETS)) expect(judged({ rating })).toBeNull();
  });

  const speed = { measure: 'speed', max: 100, full: 60, none: 600 };
  test.each([
    ['of ninety points', [{ ...speed, max: 90 }], { kind: 'rating_sum', sum: 90, points: 100 }],
    ['of one measure twice', [speed, speed], { kind: 'rating_twice', measure: 'speed' }],
    [
      'that rewards slowness',
      [{ ...speed, full: 600, none: 60 }],
      { kind: 'rating_backwards', measure: 'speed' },
    ],
    ['without a stretch between', [{ ...speed, none: 60 }], { kind: 'rating_backwards', measure: 'speed' }],
    [
      'by a share above one',
      [{ measure: 'inTime', max: 100, full: 90, none: 0 }],
      { kind: 'rating_backwards', measure: 'inTime' },
    ],
  ])('%s is refused by name', (_name, rules, refusal) => {
    expect(rated(rules)).toEqual(refusal);
  });
});

test('the settings of a centre are saved by its administrator alone, field by field', () => {
  const surroundings = { at: 1, agencies: new Map(), works: null };
  const row = { ...DEFAULT_REGULATION, header: 'ЦУР ЕАО', rating: { ...ratingRules, minimum: 2 } };
  const command = {
    name: 'saveRecord',
    args: { kind: 'regulation', row, from: { header: null, rating: null } },
  } as const;
  const before = { ...DEFAULT_REGULATION, copyDays: 5 };
  const decide = (role: 'administrator' | 'operator', id = REGULATION_ID) =>
    decideRecord(id, before, command, { role, surroundings });
  expect(decide('administrator')).toEqual({ ok: true, row: { ...row, copyDays: 5 }, merged: [] });
  expect(decide('operator')).toEqual({ ok: false, refusal: { kind: 'role_may_not', role: 'operator' } });
  expect(decide('administrator', 'another')).toMatchObject({ ok: false, refusal: { kind: 'malformed' } });
});

test('a letterhead is what a centre has said of it, and nothing where it has said nothing', () => {
  expect(letterheadOf(DEFAULT_REGULATION)).toBeUndefined();
  expect(letterheadOf({ ...DEFAULT_REGULATION, header: 'ЦУР', arms: ARMS })).toEqual({
    header: 'ЦУР',
    arms: ARMS,
  });
});
