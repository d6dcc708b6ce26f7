import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { compileCalendar } from '#shared/domain/calendar.ts';
import {
  choosePolicy,
  deadlinePolicySchema,
  dueAt,
  type DeadlinePolicy,
  type PolicyQuery,
} from '#shared/domain/deadline.ts';
import { explainDeadline } from '#shared/domain/deadline-explanation.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { parseLocalTimestamp } from '#shared/domain/time-zone.ts';
import { must } from '#shared/domain/must.ts';

const calendar = compileCalendar(defaultWorkingCalendar());
const local = (text: string): number => must(parseLocalTimestamp('Asia/Vladivostok', text), text);

function policy(id: string, change: Partial<DeadlinePolicy> = {}): DeadlinePolicy {
  return {
    ...deadlinePolicySchema.parse({ id, name: id, start: 'created', unit: 'working', minutes: 540 }),
    ...change,
  };
}

const query: PolicyQuery = {
  importance: 'ordinary',
  group: 'Дороги',
  topic: 'Дороги прочее',
  agency: 'roads',
  network: 'vk',
  start: 'created',
  at: 1000,
};

describe('choosePolicy', () => {
  const all = policy('all');
  const ordinary = policy('ordinary', { importance: 'ordinary' });
  const roads = policy('roads', { group: 'Дороги' });
  const roadsHigh = policy('roads-high', { group: 'Дороги', importance: 'high' });
  const other = policy('other-topic', { topic: 'Дороги прочее' });

  it.each<[string, DeadlinePolicy[], Partial<PolicyQuery>, string | null]>([
    ['anything when nothing is closer', [all], {}, 'all'],
    ['importance before nothing', [all, ordinary], {}, 'ordinary'],
    ['a group before an importance', [ordinary, roads, all], {}, 'roads'],
    ['a topic before a group', [roads, other, ordinary], {}, 'other-topic'],
    ['an agency before an importance', [policy('agency', { agency: 'roads' }), ordinary], {}, 'agency'],
    ['a group before an agency', [policy('agency', { agency: 'roads' }), roads], {}, 'roads'],
    ['an importance before a network', [policy('vk', { network: 'vk' }), ordinary], {}, 'ordinary'],
    [
      'nothing of another agency or network',
      [policy('agency', { agency: 'heat' }), policy('ok', { network: 'ok' })],
      {},
      null,
    ],
    [
      'nothing of an agency while nobody has it',
      [policy('agency', { agency: 'roads' })],
      { agency: null },
      null,
    ],
    ['both filters before one', [roads, roadsHigh], { importance: 'high' }, 'roads-high'],
    ['nothing for another start', [all, roads], { start: 'interimReply' }, null],
    [
      'nothing group-bound for an incident without a group',
      [roads, other],
      { group: null, topic: null },
      null,
    ],
    ['nothing before its day', [policy('later', { validFrom: 1001 })], {}, null],
    ['nothing from its last day on', [policy('gone', { validTo: 1000 })], {}, null],
    ['the newer of two equals', [policy('a', { validFrom: 1 }), policy('b', { validFrom: 2 })], {}, 'b'],
    ['the smaller id of two twins', [policy('b'), policy('a')], {}, 'a'],
  ])('takes %s', (_name, policies, change, id) => {
    expect(choosePolicy(policies, { ...query, ...change })?.id ?? null).toBe(id);
    expect(choosePolicy(policies.toReversed(), { ...query, ...change })?.id ?? null).toBe(id);
  });

  it.each([
    ['ordinary', 'created', 'first-reply-ordinary'],
    ['high', 'created', 'first-reply-high'],
    ['high', 'interimReply', 'final-after-interim'],
  ] as const)('by default, %s from %s is %s', (importance, start, id) => {
    expect(choosePolicy(defaultPolicies, { ...query, importance, start })?.id).toBe(id);
  });

  it('keeps the defaults valid as data', () => {
    expect(deadlinePolicySchema.array().parse(defaultPolicies)).toEqual(defaultPolicies);
  });
});

describe('dueAt', () => {
  const working = { unit: 'working', minutes: 540 } as const;

  it.each([
    ['2025-12-17 20:11:05', '2025-12-18 17:30:00'],
    ['2025-12-17 10:00:00', '2025-12-18 10:00:00'],
    ['2025-12-30 10:00:00', '2026-01-12 10:00:00'],
  ])('counts 9 working hours from %s to %s', (start, due) => {
    expect(dueAt(working, local(start), calendar)).toBe(local(due));
  });

  it('counts calendar minutes straight through', () => {
    expect(dueAt({ unit: 'calendar', minutes: 1440 }, local('2025-12-31 10:00:00'), calendar)).toBe(
      local('2026-01-01 10:00:00'),
    );
  });

  it('stands still during pauses, given in any order and overlapping', () => {
    const pauses = [
      { from: local('2025-12-17 12:00'), to: local('2025-12-17 14:00'), reason: 'ждём автора' },
      { from: local('2025-12-17 11:00'), to: local('2025-12-17 13:00'), reason: 'ждём автора' },
      { from: local('2025-12-17 20:00'), to: local('2025-12-17 21:00'), reason: 'ночью' },
    ];
    expect(dueAt(working, local('2025-12-17 10:00'), calendar, pauses)).toBe(local('2025-12-18 13:00'));
  });
});

describe('explainDeadline', () => {
  const [ordinary] = defaultPolicies;

  it('tells the evening, the holidays and the rest', () => {
    const now = local('2026-01-12 09:00');
    const explanation = explainDeadline(must(ordinary, 'policy'), local('2025-12-30 16:30'), calendar, now);
    expect(explanation).toMatchObject({
      allowed: 540,
      remaining: 450,
      isOverdue: false,
      due: local('2026-01-12 16:30'),
    });
    expect(explanation.spans.map((span) => (span.kind === 'counted' ? span.minutes : span.reason))).toEqual([
      60,
      'evening',
      'holiday',
      'weekend',
      'night',
      480,
    ]);
  });

  it.each([
    ['02:51', 'night'],
    ['07:40', 'morning'],
    ['19:10', 'evening'],
  ])('tells of what came at %s that the %s does not count', (time, reason) => {
    const start = local(`2026-01-13 ${time}`);
    const { spans } = explainDeadline(must(ordinary, 'policy'), start, calendar, start);
    expect(spans[0]).toMatchObject({ kind: 'skipped', reason });
  });

  it('goes negative once overdue', () => {
    const explanation = explainDeadline(
      must(ordinary, 'policy'),
      local('2025-12-17 10:00'),
      calendar,
      local('2025-12-18 11:30'),
    );
    expect(explanation).toMatchObject({ remaining: -90, isOverdue: true });
  });

  it('leaves a pause out of what remains and names it', () => {
    const pauses = [
      { from: local('2025-12-17 11:00'), to: local('2025-12-17 13:00'), reason: 'ждём автора' },
    ];
    const explanation = explainDeadline(
      must(ordinary, 'policy'),
      local('2025-12-17 10:00'),
      calendar,
      local('2025-12-17 12:00'),
      pauses,
    );
    expect(explanation.remaining).toBe(480);
    expect(explanation.spans[1]).toMatchObject({ kind: 'skipped', reason: 'pause', note: 'ждём автора' });
  });

  it('names moved and shortened days', () => {
    const explanation = explainDeadline(
      must(ordinary, 'policy'),
      local('2025-10-31 16:30'),
      calendar,
      local('2025-10-31 16:30'),
    );
    const saturday = explanation.spans.find(
      (span) => span.kind === 'counted' && span.day === 'moved_working',
    );
    expect(saturday).toMatchObject({ minutes: 480, to: local('2025-11-01 16:30') });
  });

  it('always covers start to due without a hole, and counts exactly what is allowed', () => {
    const from = Date.UTC(2021, 0, 1);
    const pause = fc.record({
      from: fc.integer({ min: 0, max: 10_000 }),
      length: fc.integer({ min: 0, max: 3000 }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3_000_000 }),
        fc.integer({ min: 1, max: 4000 }),
        fc.array(pause, { maxLength: 3 }),
        fc.constantFrom('working' as const, 'calendar' as const),
        (minute, minutes, gaps, unit) => {
          const start = from + minute * 60_000;
          const pauses = gaps.map((gap) => {
            const begin = start + gap.from * 60_000;
            return { from: begin, to: begin + gap.length * 60_000, reason: 'пауза' };
          });
          const explanation = explainDeadline(
            policy('any', { unit, minutes }),
            start,
            calendar,
            start,
            pauses,
          );
          let at = start;
          let counted = 0;
          for (const span of explanation.spans) {
            expect(span.from).toBe(at);
            expect(span.to).toBeGreaterThan(span.from);
            at = span.to;
            counted += span.kind === 'counted' ? span.minutes : 0;
          }
          expect(at).toBe(explanation.due);
          expect(counted).toBe(minutes);
          expect(explanation.remaining).toBe(minutes);
        },
      ),
    );
  });
});
