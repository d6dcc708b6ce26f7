import type { DeadlinePolicy } from '#shared/domain/deadline.ts';

const HOUR = 60;
const DAY = 24 * HOUR;
/** Nine hours, as the orders that speak of working days count them. */
const WORKING_DAY = 9 * HOUR;

/** A deadline of a preset; its name is `deadlines.preset.<preset>.<key>`. */
export type PresetPolicy = Pick<DeadlinePolicy, 'start' | 'unit' | 'minutes' | 'importance'> & {
  readonly key: 'first' | 'high' | 'final';
};

/** Deadlines that go together, as one region set them. */
export interface PolicyPreset {
  readonly id: 'sevastopol' | 'crimea' | 'day' | 'ulyanovsk' | 'pos';
  readonly policies: readonly PresetPolicy[];
}

/**
 * Deadlines that regions and the country have set, after the sources of the research (domain.md, section 3):
 * the order of Sevastopol of 25.02.2020; Crimea; 24 hours, as the federal design of 2018, Yaroslavl and
 * Sakhalin; the 8 hours that Ulyanovsk gives full points for; the 30 and 10 days of the platform of feedback.
 */
export const POLICY_PRESETS: readonly PolicyPreset[] = [
  {
    id: 'sevastopol',
    policies: [
      { key: 'first', start: 'created', unit: 'working', minutes: 9 * HOUR, importance: null },
      { key: 'high', start: 'created', unit: 'working', minutes: 4 * HOUR, importance: 'high' },
      { key: 'final', start: 'interimReply', unit: 'working', minutes: 7 * WORKING_DAY, importance: null },
    ],
  },
  {
    id: 'crimea',
    policies: [
      { key: 'first', start: 'created', unit: 'working', minutes: 9 * HOUR, importance: null },
      { key: 'final', start: 'interimReply', unit: 'calendar', minutes: 7 * DAY, importance: null },
    ],
  },
  {
    id: 'day',
    policies: [{ key: 'first', start: 'created', unit: 'calendar', minutes: DAY, importance: null }],
  },
  {
    id: 'ulyanovsk',
    policies: [{ key: 'first', start: 'created', unit: 'calendar', minutes: 8 * HOUR, importance: null }],
  },
  {
    id: 'pos',
    policies: [
      { key: 'first', start: 'created', unit: 'calendar', minutes: 30 * DAY, importance: null },
      { key: 'high', start: 'created', unit: 'calendar', minutes: 10 * DAY, importance: 'high' },
    ],
  },
];
