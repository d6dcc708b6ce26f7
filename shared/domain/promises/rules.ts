import { dateRules } from './date-rules.ts';
import { hourRules } from './hour-rules.ts';
import { periodRules } from './period-rules.ts';
import type { PromiseRule } from './reading.ts';
import { spanRules } from './span-rules.ts';

/** All ways to promise a time that are understood. Where two overlap, the longer phrase is taken. */
export const promiseRules: readonly PromiseRule[] = [
  ...dateRules,
  ...periodRules,
  ...spanRules,
  ...hourRules,
];
