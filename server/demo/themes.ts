import type { Random } from './random.ts';
import { HOUSING } from './themes/housing.ts';
import { IMPROVEMENT } from './themes/improvement.ts';
import { OTHER } from './themes/other.ts';
import { ROADS } from './themes/roads.ts';
import { SAFETY } from './themes/safety.ts';
import type { Theme } from './themes/theme.ts';
import { TRANSPORT } from './themes/transport.ts';

/** Everything the region writes about; the Januaries add up to the 389 messages of January 2022. */
export const THEMES: readonly Theme[] = [
  ...ROADS,
  ...SAFETY,
  ...HOUSING,
  ...IMPROVEMENT,
  ...TRANSPORT,
  ...OTHER,
];

/** Months of the seasons, which overlap. */
const SEASONS = {
  cold: [11, 12, 1, 2, 3],
  spring: [3, 4, 5],
  warm: [5, 6, 7, 8, 9],
  autumn: [9, 10, 11],
} as const;

const isIn = (season: keyof typeof SEASONS, month: number): boolean =>
  SEASONS[season].some((ofSeason) => ofSeason === month);

/** Texts a resident may write in a month, 1 … 12. */
export const textsIn = (theme: Theme, month: number): readonly string[] => [
  ...theme.texts,
  ...(isIn('cold', month) ? (theme.cold ?? []) : []),
  ...(isIn('spring', month) ? (theme.spring ?? []) : []),
  ...(isIn('warm', month) ? (theme.warm ?? []) : []),
  ...(isIn('autumn', month) ? (theme.autumn ?? []) : []),
];

/** Replies that may be given in a month, 1 … 12. */
export const repliesIn = (theme: Theme, month: number): readonly string[] => [
  ...theme.replies,
  ...(isIn('cold', month) ? (theme.coldReplies ?? []) : []),
  ...(isIn('warm', month) ? (theme.warmReplies ?? []) : []),
];

/** A theme of that month, 1 … 12, the commoner the likelier. */
export function themeOfMonth(month: number, random: Random): Theme {
  return random.pick(
    THEMES.flatMap((theme) => Array.from({ length: theme.year[month - 1] ?? 0 }, () => theme)),
  );
}
