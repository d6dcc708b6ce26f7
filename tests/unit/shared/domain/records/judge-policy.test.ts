import { describe, expect, it, test } from 'vitest';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { deadlinePolicySchema, type DeadlinePolicy } from '#shared/domain/deadline.ts';
import type { Agency } from '#shared/domain/directory.ts';
import { judgePolicy } from '#shared/domain/records/judge-policy.ts';

const NOW = Date.UTC(2026, 2, 1);
const LATER = Date.UTC(2026, 5, 1);
const HEAT: Agency = {
  id: 'heat',
  name: 'Теплосети',
  shortName: 'Теплосети',
  kind: 'utility',
  units: [],
  verified: true,
};
const policy = (change: Partial<DeadlinePolicy> = {}): DeadlinePolicy => ({
  ...deadlinePolicySchema.parse({
    id: 'roads',
    name: 'Дороги: 8 часов',
    start: 'created',
    unit: 'working',
    minutes: 480,
    group: 'Дороги',
  }),
  ...change,
});
const THERE = [policy(), ...defaultPolicies];
const judged = (after: DeadlinePolicy, before: DeadlinePolicy | null = null, there = THERE) =>
  judgePolicy(after, before, {
    agencies: new Map([[HEAT.id, HEAT]]),
    deadlines: {
      policies: there,
      topics: [
        { name: 'Ямы', group: 'Дороги' },
        { name: 'Отопление', group: 'ЖКХ' },
      ],
    },
  });
const fresh = policy({ id: 'new', name: 'Новый', agency: 'heat' });

describe('a policy is refused', () => {
  test.each<[string, DeadlinePolicy, object]>([
    ['that overlaps another', policy({ id: 'new' }), { kind: 'policies_overlap', policy: 'Дороги: 8 часов' }],
    [
      'that overlaps another for a day',
      policy({ id: 'new', validFrom: NOW, validTo: LATER }),
      { kind: 'policies_overlap', policy: 'Дороги: 8 часов' },
    ],
    [
      'that ends before it begins',
      { ...fresh, validFrom: LATER, validTo: NOW },
      { kind: 'ends_before_beginning' },
    ],
    ['that ends as it begins', { ...fresh, validFrom: NOW, validTo: NOW }, { kind: 'ends_before_beginning' }],
    ['of an unknown topic', { ...fresh, topic: 'Снег' }, { kind: 'unknown_topic', topic: 'Снег' }],
    [
      'of a topic of another group',
      { ...fresh, topic: 'Ямы', group: 'ЖКХ' },
      { kind: 'topic_of_another_group', topic: 'Ямы', group: 'ЖКХ' },
    ],
    ['of an unknown group', { ...fresh, group: 'Космос' }, { kind: 'unknown_group', group: 'Космос' }],
    ['of an unknown agency', { ...fresh, agency: 'nobody' }, { kind: 'unknown_agency', agency: 'nobody' }],
    ['longer than a year', { ...fresh, minutes: 367 * 1440 }, { kind: 'limit_too_long', limit: 366 }],
    ['warned of before it begins', { ...fresh, warning: 480 }, { kind: 'warning_too_early' }],
  ])('%s', (_, after, refusal) => {
    expect(judged(after)).toEqual(refusal);
  });
});

it('may be narrower than another, of another start, or of other days', () => {
  expect(judged(fresh)).toBeNull();
  expect(judged(policy({ id: 'new', topic: 'Ямы' }))).toBeNull();
  expect(judged(policy({ id: 'new', start: 'assigned' }))).toBeNull();
  const ended = policy({ validTo: NOW });
  expect(judged(policy({ id: 'new', validFrom: NOW }), null, [ended])).toBeNull();
});

it('of old is judged only by what is changed', () => {
  const twin = policy({ id: 'twin' });
  expect(judged({ ...twin, minutes: 240 }, twin)).toBeNull();
  const gone = policy({ id: 'gone', agency: 'nobody', topic: 'Снег' });
  expect(judged({ ...gone, name: 'Иначе' }, gone)).toBeNull();
  for (const one of defaultPolicies) expect(judged(one, null, [...defaultPolicies])).toBeNull();
});
