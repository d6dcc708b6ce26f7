import { calendarDayAt, isWorkingMoment, workingSpanOn } from '#shared/domain/calendar.ts';
import { MS_PER_DAY, MS_PER_MINUTE, type Instant, type Minutes } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { momentsOf } from './moments.ts';
import { inventOrigin, neighbourOf, writesAgain, type StoryOrigin } from './origin.ts';
import { replyMoment, type Plan } from './plan.ts';
import { planEndings, type Ends } from './plan-endings.ts';
import { apportioned, shuffled, uuidAt, type Random } from './random.ts';
import type { Recipe } from './recipes.ts';
import { dealTimes, normal, replyTimes } from './reply-times.ts';
import { demoCalendar } from './scene.ts';
import { THEMES } from './themes.ts';
import type { Theme } from './themes/theme.ts';

/** Messages of January 2022 by municipality; the other months are like it. */
const TOWNS = new Map([
  ['Биробиджан', 246],
  ['Облученский', 44],
  ['Смидовичский', 38],
  ['Ленинский', 29],
  ['Биробиджанский', 18],
  ['Октябрьский', 10],
  ['ЕАО, другое', 4],
]);
/**
 * Slowness of a municipality's replies against those of the city. One that is not named here is as slow as
 * the city.
 */
const SLOW = new Map([
  ['Облученский', 1.5],
  ['Смидовичский', 1.25],
  ['Октябрьский', 0.7],
]);
const MERGED_WITHIN = 10 * MS_PER_DAY;
/** A repeat comes after the first is closed, and while it is remembered. */
const REPEAT_AFTER = 8 * MS_PER_DAY;
const REPEAT_WITHIN = 70 * MS_PER_DAY;
const REPEATS = 0.07;

/** A message before it is known who wrote it and what comes of it. */
interface Seed {
  readonly id: string;
  readonly theme: Theme;
  readonly town: string;
  readonly createdAt: Instant;
}

/** Plans a month to its recipe. `earlier` are the months before, so that residents write again. */
export function planMonth(recipe: Recipe, earlier: readonly Plan[], random: Random): readonly Plan[] {
  const seeds = seedsOf(recipe, random);
  const ends = planEndings(recipe, seeds, twinOf(seeds), random);
  const slowness = seeds.map((seed, index) =>
    ends[index]?.ending === 'closed' ? slownessOf(seed, random) : null,
  );
  const answered = slowness.filter((minutes) => minutes !== null);
  const times = dealTimes(replyTimes(answered.length, recipe.meanMinutes, random), answered);
  let next = 0;
  const plans: Plan[] = [];
  const known = new Map(earlier.map((plan) => [plan.id, plan]));
  for (const [index, seed] of seeds.entries()) {
    const end = must(ends[index], 'an end');
    const replyAfter = end.ending === 'closed' ? must(times[next++], 'a reply time') : 90;
    const origin = originOf(seed, end, known, random);
    const approval = approvalOf(seed.createdAt, replyAfter, random);
    const { id, theme, createdAt } = seed;
    const plan: Plan = { id, theme, createdAt, replyAfter, origin, approval, ...end };
    plans.push(plan);
    known.set(id, plan);
  }
  return plans;
}

function seedsOf({ month, received }: Recipe, random: Random): readonly Seed[] {
  const season = Number(month.slice(5, 7)) - 1;
  const themes = dealt(THEMES, (theme) => theme.year[season] ?? 0, received, random);
  const towns = dealt([...TOWNS.keys()], (town) => TOWNS.get(town) ?? 0, received, random);
  return momentsOf(month, received, random).map((createdAt, index) => ({
    id: uuidAt(createdAt, random),
    theme: must(themes[index], 'a theme'),
    town: must(towns[index], 'a town'),
    createdAt,
  }));
}

/** `count` items by their weights, to the item, in any order. */
function dealt<T>(items: readonly T[], weight: (item: T) => number, count: number, random: Random): T[] {
  const shares = apportioned(items.map(weight), count);
  return shuffled(
    items.flatMap((item, index) => Array.from({ length: shares[index] ?? 0 }, () => item)),
    random,
  );
}

/**
 * For each message the latest one before it about the same thing in the same municipality: what it could be
 * merged into.
 */
const twinOf = (seeds: readonly Seed[]): readonly (number | null)[] =>
  seeds.map(({ theme, town, createdAt }, index) => {
    const found = seeds.findLastIndex(
      (other, at) =>
        at < index &&
        other.theme === theme &&
        other.town === town &&
        createdAt - other.createdAt > MS_PER_MINUTE,
    );
    const twin = seeds[found];
    return twin === undefined || createdAt - twin.createdAt > MERGED_WITHIN ? null : found;
  });

/**
 * Messages of the evening are answered together in the morning; districts are slower; some answers just take
 * long.
 */
function slownessOf({ theme, town, createdAt }: Seed, random: Random): number {
  const evening = isWorkingMoment(demoCalendar, createdAt) ? 1 : 0.5;
  const urgent = theme.high === true ? 0.7 : 1;
  return Math.exp(0.7 * normal(random)) * evening * urgent * (SLOW.get(town) ?? 1);
}

function originOf(seed: Seed, end: Ends, known: ReadonlyMap<string, Plan>, random: Random): StoryOrigin {
  const { theme, town, createdAt } = seed;
  if (end.twin !== null) return neighbourOf(must(known.get(end.twin), 'a twin').origin, theme, random);
  if (end.ending === 'closed' && random.chance(REPEATS)) {
    const before = [...known.values()].filter(
      (plan) =>
        plan.theme === theme &&
        plan.origin.town === town &&
        plan.ending === 'closed' &&
        createdAt - plan.createdAt > REPEAT_AFTER &&
        createdAt - plan.createdAt < REPEAT_WITHIN,
    );
    if (before.length > 0) return writesAgain(random.pick(before).origin, random);
  }
  return inventOrigin(town, theme, random);
}

/**
 * Approval takes minutes; what is published in the morning was approved that morning, not the evening before.
 */
function approvalOf(createdAt: Instant, replyAfter: Minutes, random: Random): Plan['approval'] {
  const published = replyMoment(createdAt, replyAfter);
  const opened = workingSpanOn(demoCalendar, calendarDayAt(demoCalendar, published))?.from ?? createdAt;
  const room = Math.max(0, Math.min(replyAfter * 0.5, (published - opened) / MS_PER_MINUTE - 1) * 0.9);
  const waiting = Math.min(4 + Math.exp(1.6 + 0.8 * normal(random)), room * 0.75);
  return { waiting, publishing: Math.min(1 + random.below(7), room * 0.25) };
}
