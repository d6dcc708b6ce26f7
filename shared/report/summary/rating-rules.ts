/**
 * Measures by which an agency is rated. Shares are 0..1, `speed` is the mean of working minutes to the first
 * answer.
 */
export const RATING_MEASURES = ['speed', 'inTime', 'satisfaction', 'returns', 'promises', 'repeats'] as const;
export type RatingMeasure = (typeof RATING_MEASURES)[number];

/** Full points at `full` and better, none at `none` and worse, a straight line between. */
export interface RatingRule {
  readonly measure: RatingMeasure;
  readonly max: number;
  readonly full: number;
  readonly none: number;
}

export interface RatingRules {
  /** Agencies with fewer messages in the period stand outside the places. */
  readonly minimum: number;
  readonly rules: readonly RatingRule[];
}

/**
 * The measures of the ratings that regions publish (Ulyanovsk, Penza, Astrakhan, Moscow region): speed,
 * timeliness, satisfaction, returns, kept promises, repeats; two messages are the least any of them judges
 * by, five keep one bad day from deciding.
 */
export const ratingRules: RatingRules = {
  minimum: 5,
  rules: [
    { measure: 'speed', max: 30, full: 120, none: 540 },
    { measure: 'inTime', max: 30, full: 1, none: 0.6 },
    { measure: 'satisfaction', max: 15, full: 0.9, none: 0.3 },
    { measure: 'returns', max: 10, full: 0, none: 0.2 },
    { measure: 'promises', max: 10, full: 1, none: 0.5 },
    { measure: 'repeats', max: 5, full: 0, none: 0.2 },
  ],
};
