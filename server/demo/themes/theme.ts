/**
 * Numbers of messages a theme brings in January … December, against the other themes; January is that of
 * 2022, to the message.
 */
export type Year = readonly [
  january: number,
  february: number,
  march: number,
  april: number,
  may: number,
  june: number,
  july: number,
  august: number,
  september: number,
  october: number,
  november: number,
  december: number,
];

/**
 * A subject the invented residents of the demo region write about. Topics are those of the registry's
 * dictionaries; texts, replies and people are made up. `wording.ts` says what stands in braces.
 */
export interface Theme {
  /** Topic in the dictionary of 2022 and in that of 2024. */
  readonly topic2022: string;
  readonly topic2024: string;
  readonly year: Year;
  readonly high?: boolean;
  readonly solvable: boolean;
  /** Messages written all the year round; the others by season, see `themes.ts`. */
  readonly texts: readonly string[];
  readonly cold?: readonly string[];
  readonly spring?: readonly string[];
  readonly warm?: readonly string[];
  readonly autumn?: readonly string[];
  /** Replies, likewise. */
  readonly replies: readonly string[];
  readonly coldReplies?: readonly string[];
  readonly warmReplies?: readonly string[];
  readonly objects?: readonly string[];
}
