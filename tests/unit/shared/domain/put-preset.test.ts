import { describe, expect, test } from 'vitest';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { POLICY_PRESETS } from '#shared/domain/data/policy-presets.ts';
import { choosePolicy, deadlinePolicySchema, type DeadlinePolicy } from '#shared/domain/deadline.ts';
import { putPreset } from '#shared/domain/put-preset.ts';
import { judgePolicy } from '#shared/domain/records/judge-policy.ts';

const NOW = Date.UTC(2026, 2, 1);
const narrow: DeadlinePolicy = {
  ...deadlinePolicySchema.parse({
    id: 'heat',
    name: 'Тепло',
    start: 'created',
    unit: 'working',
    minutes: 60,
  }),
  group: 'ЖКХ',
};
const there = [...defaultPolicies, narrow];
const query = { importance: 'ordinary', group: null, topic: null, agency: null, network: 'vk' } as const;

describe.each(POLICY_PRESETS)('preset $id', (preset) => {
  const { ending, beginning } = putPreset(there, preset, (key) => key, NOW);
  const ids = new Set(ending.map(({ row }) => row.id));
  const ended = [...there.filter(({ id }) => !ids.has(id)), ...ending.map(({ row }) => row)];

  test('is accepted a policy at a time, in this order', () => {
    let now: readonly DeadlinePolicy[] = there;
    const steps = [...ending, ...beginning.map((row) => ({ seen: null, row }))];
    for (const { seen, row } of steps) {
      const deadlines = { policies: now, topics: [] };
      expect(judgePolicy(row, seen, { agencies: new Map(), deadlines })).toBeNull();
      now = [...now.filter(({ id }) => id !== row.id), row];
    }
  });

  test('is in force from then on, and what came before keeps its deadline', () => {
    const after = [...ended, ...beginning];
    for (const { start, minutes, importance } of preset.policies) {
      const asked = { ...query, importance: importance ?? 'ordinary', start };
      expect(choosePolicy(after, { ...asked, at: NOW })?.minutes).toBe(minutes);
      expect(choosePolicy(after, { ...asked, at: NOW - 1 })).toEqual(
        (() => {
          const was = choosePolicy(there, { ...asked, at: NOW - 1 });
          return was === null ? null : { ...was, validTo: NOW };
        })(),
      );
    }
    expect(choosePolicy(after, { ...query, group: 'ЖКХ', start: 'created', at: NOW })).toBe(narrow);
  });
});
