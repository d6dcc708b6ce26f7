import { z } from 'zod';

/**
 * Measures by which an agency is rated. Shares are 0..1, `speed` is the mean of working minutes to the first
 * answer.
 */
export const RATING_MEASURES = ['speed', 'inTime', 'satisfaction', 'returns', 'promises', 'repeats'] as const;
/** See {@link RATING_MEASURES}. */
export type RatingMeasure = (typeof RATING_MEASURES)[number];

/** Measures of which more is worse. */
const WORSE_WHEN_MORE: ReadonlySet<RatingMeasure> = new Set(['speed', 'returns', 'repeats']);

/** Points that all measures of a rating come to. */
export const RATING_POINTS = 100;
/** The longest mean that may be a border: a month of working days. */
export const MOST_SPEED_MINUTES = 20_000;
/** The most messages an agency may be asked to have had. */
export const MOST_RATED_MESSAGES = 1000;

/** Full points at `full` and better, none at `none` and worse, a straight line between. */
export const ratingRuleSchema = z.object({
  measure: z.enum(RATING_MEASURES),
  max: z.number().int().min(0).max(RATING_POINTS),
  /** A share of 0..1, or minutes of `speed`. */
  full: z.number().min(0).max(MOST_SPEED_MINUTES),
  none: z.number().min(0).max(MOST_SPEED_MINUTES),
});
/** See {@link ratingRuleSchema}. */
export type RatingRule = Readonly<z.infer<typeof ratingRuleSchema>>;

/** How agencies are rated: a setting of the centre. */
export const ratingRulesSchema = z.object({
  /** Agencies with fewer messages in the period stand outside the places. */
  minimum: z.number().int().min(1).max(MOST_RATED_MESSAGES),
  rules: z.array(ratingRuleSchema).min(1).max(RATING_MEASURES.length).readonly(),
});
/** See {@link ratingRulesSchema}. */
export interface RatingRules {
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

/** Ratings to begin with: `usual`, and two in the manner of regions that publish how they rate. */
export const RATING_PRESETS = {
  usual: ratingRules,
  // Ulyanovsk: time, quality, satisfaction; full points within eight hours; two messages of a month.
  speed: {
    minimum: 2,
    rules: [
      { measure: 'speed', max: 40, full: 480, none: 1440 },
      { measure: 'satisfaction', max: 40, full: 0.9, none: 0.3 },
      { measure: 'returns', max: 20, full: 0, none: 0.2 },
    ],
  },
  // The Moscow region: few overdue, few repeats.
  order: {
    minimum: 5,
    rules: [
      { measure: 'inTime', max: 50, full: 1, none: 0.6 },
      { measure: 'repeats', max: 30, full: 0, none: 0.2 },
      { measure: 'promises', max: 20, full: 1, none: 0.5 },
    ],
  },
} as const satisfies Readonly<Record<string, RatingRules>>;
export type RatingPreset = keyof typeof RATING_PRESETS;

/** Tells whether a rule gives more points for what is better, and has a stretch between. */
export const isSensibleRule = ({ measure, full, none }: RatingRule): boolean =>
  (WORSE_WHEN_MORE.has(measure) ? full < none : none < full) &&
  (measure === 'speed' || Math.max(full, none) <= 1);
