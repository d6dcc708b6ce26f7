import { workingMinutesBetween, type CompiledCalendar } from '#shared/domain/calendar.ts';
import { burnsBefore } from '#shared/domain/deadline.ts';
import type { Instant, Minutes } from '#shared/domain/instant.ts';

export interface TimeLeft {
  readonly minutes: Minutes;
  readonly tone: 'late' | 'soon' | 'calm';
}

/**
 * Working time left until a deadline, which is soon where it lies before `burns`; `null` where nothing is
 * owed or the calendar does not reach.
 */
export function timeLeft(
  calendar: CompiledCalendar,
  dueAt: Instant | null,
  now: Instant,
  burns: Instant = burnsBefore(calendar, now),
): TimeLeft | null {
  if (dueAt === null) return null;
  try {
    const minutes = workingMinutesBetween(calendar, now, dueAt);
    return { minutes, tone: now > dueAt ? 'late' : dueAt < burns ? 'soon' : 'calm' };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
