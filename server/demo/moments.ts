import { dayKindOf } from '#shared/domain/calendar.ts';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { dayOfDate, instantAtLocal } from '#shared/domain/time-zone.ts';
import type { Random } from './random.ts';
import { demoCalendar, DEMO_ZONE } from './scene.ts';

const QUIET = 0.55;
/** A snowfall, a downpour, a burst main: a day everybody writes about. */
const STIRRED = 2.4;
const STIRRED_DAYS = 2;

/**
 * So many moments of a month (`2022-01`), in order: fewer on weekends and holidays, a third in the evening, a
 * few at night.
 */
export function momentsOf(month: string, count: number, random: Random): readonly Instant[] {
  const first = must(dayOfDate(`${month}-01`), 'a month');
  const [year = 0, index = 0] = month.split('-').map(Number);
  const days = new Date(Date.UTC(year, index, 0)).getUTCDate();
  const weights = Array.from({ length: days }, (_, day) => {
    const kind = dayKindOf(demoCalendar.data, first + day);
    return (kind === 'weekend' || kind === 'holiday' ? QUIET : 1) * (0.8 + 0.4 * random.next());
  });
  for (let left = STIRRED_DAYS; left > 0; left -= 1) {
    const day = random.below(days);
    weights[day] = (weights[day] ?? 1) * STIRRED;
  }
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return Array.from({ length: count }, () => {
    const day = drawn(weights, random.next() * all);
    const at = Math.floor((hourOf(random) / 24) * (MS_PER_DAY / 1000)) * 1000;
    return instantAtLocal(DEMO_ZONE, first + day, at);
  }).toSorted((a, b) => a - b);
}

function hourOf(random: Random): number {
  const draw = random.next();
  if (draw < 0.03) return random.next() * 7;
  return draw < 0.36 ? 18 + random.next() * 5.5 : 7.5 + random.next() * 10.5;
}

function drawn(weights: readonly number[], at: number): number {
  let left = at;
  for (const [index, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return index;
  }
  return weights.length - 1;
}
