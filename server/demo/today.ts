import { addWorkingMinutes, workingMinutesBetween } from '#shared/domain/calendar.ts';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { inventOrigin } from './origin.ts';
import { NO_TURNS, type Cast, type Plan } from './plan.ts';
import { seededRandom, uuidAt, type Random } from './random.ts';
import { demoCalendar, monthOf } from './scene.ts';
import { tellStory, type Story } from './story.ts';
import { themeOfMonth } from './themes.ts';

/**
 * The queue of a shift: numbers of stories by how far they have come, as a fraction of the way to the first
 * reply.
 */
const SHIFT: readonly { readonly count: number; readonly progress: readonly [number, number] }[] = [
  { count: 16, progress: [0, 0.05] },
  { count: 22, progress: [0.26, 0.39] },
  { count: 16, progress: [0.41, 0.74] },
  { count: 7, progress: [0.81, 0.9] },
  { count: 4, progress: [0.93, 0.99] },
  { count: 26, progress: [1.1, 4] },
  { count: 60, progress: [6, 30] },
];
const TOWNS = [
  'Биробиджан',
  'Биробиджан',
  'Биробиджан',
  'Облученский',
  'Смидовичский',
  'Ленинский',
  'Биробиджанский',
  'Октябрьский',
];

/**
 * Incidents of the last days before `now`, standing at every step, so that the first shift has work in front
 * of it.
 */
export function today(cast: Cast, now: Instant, firstNumber: number): readonly Story[] {
  const random = seededRandom(20_211_115);
  const plans = SHIFT.flatMap(({ count, progress }) =>
    Array.from({ length: count }, () => planOf(now, progress, random)),
  );
  const ordered = plans.toSorted((a, b) => a.createdAt - b.createdAt);
  return ordered.map((plan, index) =>
    must(tellStory(plan, cast, firstNumber + index, now, random, null), 'a story of today'),
  );
}

function planOf(now: Instant, [least, most]: readonly [number, number], random: Random): Plan {
  const replyAfter = 60 + random.below(360);
  const passed = replyAfter * (least + random.next() * (most - least));
  const createdAt = workingMinutesBefore(now, passed, random);
  const theme = themeOfMonth(monthOf(createdAt), random);
  return {
    id: uuidAt(createdAt, random),
    theme,
    origin: inventOrigin(random.pick(TOWNS), theme, random),
    createdAt,
    replyAfter,
    // Longer than it takes as a rule, so that the shift finds some at these steps.
    approval: { waiting: replyAfter * 0.12, publishing: replyAfter * 0.08 },
    ending: 'closed',
    outcome: theme.solvable && random.chance(0.4) ? 'solved' : 'explained',
    closing: 'author_silent',
    twin: null,
    turns: { ...NO_TURNS, returned: random.chance(0.06) },
  };
}

/**
 * A moment from which `minutes` working minutes have passed until `now`: found by halving, as the calendar
 * only counts forward.
 */
function workingMinutesBefore(now: Instant, minutes: number, random: Random): Instant {
  let early = now - 60 * MS_PER_DAY;
  let late = now - 60_000 * (1 + random.below(40));
  if (workingMinutesBetween(demoCalendar, late, now) > minutes) return late;
  while (late - early > 1000) {
    const middle = (early + late) / 2;
    if (workingMinutesBetween(demoCalendar, middle, now) > minutes) early = middle;
    else late = middle;
  }
  return Math.floor(addWorkingMinutes(demoCalendar, early, 0) / 1000) * 1000;
}
