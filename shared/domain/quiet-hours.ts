/** Hours of the day in which nobody is disturbed, «20:00» to «08:00». */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/**
 * Tells whether `time` («21:30») lies in the quiet hours; they may go over midnight, and where they end as
 * they begin there are none.
 */
export const isQuiet = (time: string, { from, to }: QuietHours): boolean =>
  from <= to ? from <= time && time < to : time >= from || time < to;
