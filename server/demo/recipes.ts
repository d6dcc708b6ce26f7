import type { Minutes } from '#shared/domain/instant.ts';

/** Totals that a month of the demo region must come to. */
export interface Recipe {
  /** `2022-01` */
  readonly month: string;
  readonly received: number;
  readonly rejected: number;
  readonly merged: number;
  readonly solved: number;
  /** Mean working time to the first reply of all that got one, exactly. */
  readonly meanMinutes: Minutes;
}

const LINES = `
2021-01 341 13 5 82 251
2021-02 318 12 6 79 246
2021-03 402 15 8 104 258
2021-04 482 17 12 131 262
2021-05 451 14 10 128 239
2021-06 381 12 8 117 221
2021-07 358 11 7 112 214
2021-08 344 10 7 104 219
2021-09 397 12 6 115 208
2021-10 497 16 11 141 217
2021-11 459 14 9 133 196
2021-12 446 13 8 129 188
2022-01 389 11 7 118 166
2022-02 356 10 6 112 171
2022-03 421 12 9 138 163
2022-04 503 15 12 169 174
2022-05 455 12 9 157 159
2022-06 412 11 8 146 154
`;

/**
 * The eighteen months of the demo region; January 2022 is that of the seed article: 389 messages, 2 h 46 min.
 */
export const RECIPES: readonly Recipe[] = LINES.trim()
  .split('\n')
  .map((line): Recipe => {
    const [month = '', ...figures] = line.split(' ');
    const [received = 0, rejected = 0, merged = 0, solved = 0, meanMinutes = 0] = figures.map(Number);
    return { month, received, rejected, merged, solved, meanMinutes };
  });

/** The months there are, `2021-01` … `2022-06`. */
export const DEMO_MONTHS: readonly string[] = RECIPES.map(({ month }) => month);
