/**
 * Versions of the sync protocol this code speaks, newest first. Push stays open for older ones longer than
 * pull.
 */
export const PROTOCOLS = [1] as const;
/** The version a console speaks when the API knows it. */
export const NEWEST_PROTOCOL = PROTOCOLS[0];

/** Limits of one exchange, told to consoles in the hello. */
export const LIMITS = {
  /** Commands in one push. */
  pushCommands: 50,
  /** Rows in one page of the feed. */
  changesPage: 1000,
  /** Rows in one page of the first download. */
  snapshotPage: 2000,
  /** Bytes of rows in a page when a console does not say: it was made when pages were cut by rows. */
  pageBytes: 2 * 1024 * 1024,
  /** The most bytes of rows that a console may ask for in one page; a single revision or row may be more. */
  longestPageBytes: 8 * 1024 * 1024,
  /** Bytes of a JSON body the API reads. */
  bodyBytes: 4 * 1024 * 1024,
} as const;
