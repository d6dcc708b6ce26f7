import { calendarDayAt, dayKindOf, workingSpanOn, type CompiledCalendar, type DayKind } from './calendar.ts';
import {
  dueAt,
  unitMinutesBetween,
  type DeadlinePolicy,
  type DeadlineStart,
  type DeadlineUnit,
  type Pause,
} from './deadline.ts';
import { MS_PER_MINUTE, type Instant, type Minutes } from './instant.ts';
import { instantAtLocal } from './time-zone.ts';

/**
 * Reasons why time between start and due did not count. Of a working day `evening` is what follows its hours
 * until midnight, `night` what comes before them, `morning` where only its end after five is meant.
 */
export type SkipReason = 'evening' | 'night' | 'morning' | 'break' | 'weekend' | 'holiday' | 'pause';

/**
 * A piece of the way from start to due. Counted pieces name the kind of their day, so that a moved or
 * shortened one can be told.
 */
export type DeadlineSpan =
  | {
      readonly kind: 'counted';
      readonly from: Instant;
      readonly to: Instant;
      readonly minutes: Minutes;
      readonly day: DayKind | null;
    }
  | {
      readonly kind: 'skipped';
      readonly from: Instant;
      readonly to: Instant;
      readonly reason: SkipReason;
      readonly note: string | null;
    };

/**
 * Everything needed to say a deadline in words. Minutes are of the policy's unit; `remaining` is negative
 * once overdue. The spans touch one another and cover start … due.
 */
export type DeadlineExplanation = {
  readonly policy: string;
  readonly startEvent: DeadlineStart;
  readonly unit: DeadlineUnit;
  readonly start: Instant;
  readonly due: Instant;
  readonly allowed: Minutes;
  readonly remaining: Minutes;
  readonly isOverdue: boolean;
  readonly spans: readonly DeadlineSpan[];
};

/** Takes a deadline apart as of `now`. Throws RangeError outside the calendar's years. */
export function explainDeadline(
  policy: DeadlinePolicy,
  start: Instant,
  calendar: CompiledCalendar,
  now: Instant,
  pauses: readonly Pause[] = [],
): DeadlineExplanation {
  const due = dueAt(policy, start, calendar, pauses);
  const gaps = mergePauses(pauses, start, due);
  const remaining =
    now <= due
      ? countWithout(gaps, policy.unit, now, due, calendar)
      : unitMinutesBetween(policy.unit, now, due, calendar);
  return {
    policy: policy.id,
    startEvent: policy.start,
    unit: policy.unit,
    start,
    due,
    allowed: policy.minutes,
    remaining: now < start ? policy.minutes : remaining,
    isOverdue: now > due,
    spans: withPauses(
      policy.unit === 'working' ? workingSpans(calendar, start, due) : [wholeSpan(start, due)],
      gaps,
      calendar,
      policy.unit,
    ),
  };
}

function wholeSpan(from: Instant, to: Instant): DeadlineSpan {
  return { kind: 'counted', from, to, minutes: (to - from) / MS_PER_MINUTE, day: null };
}

/** Time of the day from which on nobody says «night». */
const DAWN = 5 * 60 * MS_PER_MINUTE;

function workingSpans(calendar: CompiledCalendar, start: Instant, due: Instant): DeadlineSpan[] {
  const spans: DeadlineSpan[] = [];
  const lastDay = calendarDayAt(calendar, due);
  for (let day = calendarDayAt(calendar, start); day <= lastDay; day += 1) {
    const from = Math.max(start, instantAtLocal(calendar.data.zone, day, 0));
    const to = Math.min(due, instantAtLocal(calendar.data.zone, day + 1, 0));
    const hours = workingSpanOn(calendar, day);
    const kind = dayKindOf(calendar.data, day);
    if (hours === null) {
      pushSkipped(spans, from, to, kind === 'holiday' ? 'holiday' : 'weekend');
      continue;
    }
    const open = Math.min(Math.max(from, hours.from), to);
    const close = Math.max(Math.min(to, hours.to), open);
    const within = (at: Instant): Instant => Math.min(Math.max(at, open), close);
    const [restFrom, restTo] = [within(hours.break?.from ?? close), within(hours.break?.to ?? close)];
    const dawn = instantAtLocal(calendar.data.zone, day, DAWN);
    pushSkipped(spans, from, open, from < dawn ? 'night' : 'morning');
    pushCounted(spans, open, restFrom, kind);
    pushSkipped(spans, restFrom, restTo, 'break');
    pushCounted(spans, restTo, close, kind);
    pushSkipped(spans, close, to, 'evening');
  }
  return spans;
}

function pushCounted(spans: DeadlineSpan[], from: Instant, to: Instant, day: DayKind): void {
  if (from < to) spans.push({ kind: 'counted', from, to, minutes: (to - from) / MS_PER_MINUTE, day });
}

/** Neighbours skipped for the same reason become one, as a run of holidays does. */
function pushSkipped(spans: DeadlineSpan[], from: Instant, to: Instant, reason: SkipReason): void {
  if (from >= to) {
    return;
  }
  const last = spans.at(-1);
  if (last?.kind === 'skipped' && last.reason === reason) {
    spans[spans.length - 1] = { ...last, to };
  } else {
    spans.push({ kind: 'skipped', from, to, reason, note: null });
  }
}

function mergePauses(pauses: readonly Pause[], start: Instant, due: Instant): Pause[] {
  const merged: Pause[] = [];
  for (const pause of pauses.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const from = Math.max(pause.from, merged.at(-1)?.to ?? start);
    const to = Math.min(pause.to, due);
    if (from < to) {
      merged.push({ from, to, reason: pause.reason });
    }
  }
  return merged;
}

function countWithout(
  gaps: readonly Pause[],
  unit: DeadlineUnit,
  from: Instant,
  to: Instant,
  calendar: CompiledCalendar,
): Minutes {
  let minutes = unitMinutesBetween(unit, from, to, calendar);
  for (const gap of gaps) {
    if (gap.to > from) {
      minutes -= unitMinutesBetween(unit, Math.max(from, gap.from), gap.to, calendar);
    }
  }
  return minutes;
}

/** Cuts the pauses out of the counted pieces; pieces that did not count anyway keep their own reason. */
function withPauses(
  spans: readonly DeadlineSpan[],
  gaps: readonly Pause[],
  calendar: CompiledCalendar,
  unit: DeadlineUnit,
): DeadlineSpan[] {
  return spans.flatMap((span): DeadlineSpan[] => {
    if (span.kind === 'skipped') {
      return [span];
    }
    const pieces: DeadlineSpan[] = [];
    let from = span.from;
    const counted = (to: Instant): void => {
      if (from < to) {
        pieces.push({ ...span, from, to, minutes: unitMinutesBetween(unit, from, to, calendar) });
      }
    };
    for (const gap of gaps) {
      const begin = Math.max(gap.from, from);
      const end = Math.min(gap.to, span.to);
      if (begin < end) {
        counted(begin);
        pieces.push({ kind: 'skipped', from: begin, to: end, reason: 'pause', note: gap.reason });
        from = end;
      }
    }
    counted(span.to);
    return pieces;
  });
}
