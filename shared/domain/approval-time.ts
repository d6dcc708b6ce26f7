import { workingMinutesBetween, type CompiledCalendar } from './calendar.ts';
import { MS_PER_MINUTE, type Instant, type Minutes } from './instant.ts';

/**
 * The time a reply has stood on approval by the centre's working hours: nobody approves at night. Where the
 * calendar does not reach, by the wall's clock; never less than none, whatever a workstation's clock says.
 */
export function waitedMinutes(since: Instant, until: Instant, calendar: CompiledCalendar): Minutes {
  if (until <= since) return 0;
  try {
    return workingMinutesBetween(calendar, since, until);
  } catch (error) {
    if (error instanceof RangeError) return (until - since) / MS_PER_MINUTE;
    throw error;
  }
}
