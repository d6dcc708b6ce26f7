import { instantAtLocal, dayOfDate } from '#shared/domain/time-zone.ts';
import { MS_PER_DAY, MS_PER_MINUTE, type Instant, type Minutes } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { seededRandom, shuffled, type Random } from './random.ts';
import { DEMO_ZONE } from './scene.ts';
import { tell, type Cast, type Plan, type Told } from './story.ts';
import { THEMES, type Theme } from './themes.ts';

/** January 2022 as the seed article tells it: 389 messages, the five groups in order, 2 h 46 min of working time on average. */
export const JANUARY = {
  received: 389,
  rejected: 11,
  merged: 7,
  solved: 118,
  meanWorkingMinutes: 166,
} as const;

const TOWNS: Readonly<Record<string, number>> = {
  Биробиджан: 246,
  Облученский: 44,
  Смидовичский: 38,
  Ленинский: 29,
  Биробиджанский: 18,
  Октябрьский: 10,
  'ЕАО, другое': 4,
};
const FIRST_NUMBER = 20_101;
const LONG_AFTER = Date.UTC(2022, 11, 31);

/** Tells the 389 stories, oldest first. The same on every machine and at every call. */
export function january(cast: Cast): readonly Told[] {
  const random = seededRandom(389_246);
  const told: Told[] = [];
  for (const plan of plans(random)) {
    const target = plan.ending === 'merged' ? earlierTwin(told, plan) : null;
    const told1 = tell(
      { ...plan, mergeInto: target?.incident.id ?? null },
      cast,
      FIRST_NUMBER + told.length,
      LONG_AFTER,
      random,
      target?.incident ?? null,
    );
    told.push(must(told1, 'a story of January'));
  }
  return told;
}

function plans(random: Random): readonly Plan[] {
  const themes = shuffled(
    repeated(THEMES, (theme) => theme.january),
    random,
  );
  const towns = shuffled(
    repeated(Object.keys(TOWNS), (town) => TOWNS[town] ?? 0),
    random,
  );
  const moments = Array.from({ length: JANUARY.received }, () => inventMoment(random)).toSorted(
    (a, b) => a - b,
  );
  const endings = endingsOf(themes, random);
  const answered = endings.filter((ending) => ending === 'closed').length;
  const minutes = replyTimes(answered, JANUARY.meanWorkingMinutes, random);
  let solvedLeft = JANUARY.solved;
  let next = 0;
  return moments.map((createdAt, index): Plan => {
    const theme = must(themes[index], 'a theme');
    const ending = must(endings[index], 'an ending');
    const solved = ending === 'closed' && theme.solvable && solvedLeft > 0 && random.chance(0.45);
    if (solved) solvedLeft -= 1;
    return {
      theme,
      town: must(towns[index], 'a town'),
      createdAt,
      ending,
      replyAfter: ending === 'closed' ? must(minutes[next++], 'a reply time') : 240,
      outcome: solved ? 'solved' : 'explained',
      closing: random.chance(0.82)
        ? 'author_silent'
        : random.chance(0.7)
          ? 'author_pleased'
          : 'dialogue_pointless',
      mergeInto: null,
      returnsOnce: ending === 'closed' && random.chance(0.05),
    };
  });
}

/** Rejected and merged ones are spread over the month; the first fifty stories stay whole so that merges have a twin. */
function endingsOf(themes: readonly Theme[], random: Random): readonly Plan['ending'][] {
  const ordinary = themes.map((_, index) => index).filter((index) => index >= 50);
  const common = ordinary.filter((index) => (themes[index]?.january ?? 0) > 40);
  const merged = new Set(shuffled(common, random).slice(0, JANUARY.merged));
  const rest = ordinary.filter((index) => !merged.has(index));
  const rejected = new Set(shuffled(rest, random).slice(0, JANUARY.rejected));
  return themes.map((_, index) =>
    merged.has(index) ? 'merged' : rejected.has(index) ? 'rejected' : 'closed',
  );
}

/** A moment of January local time: most in the day, a third in the evening, fewer on holidays and weekends. */
function inventMoment(random: Random): Instant {
  const first = must(dayOfDate('2022-01-01'), 'a date');
  for (;;) {
    const day = random.below(31);
    const quiet = day < 9 || [1, 2].includes((day + 6) % 7);
    if (quiet && random.chance(0.45)) continue;
    const hour = random.chance(0.34) ? 18 + random.next() * 5.5 : 7.5 + random.next() * 10.5;
    return instantAtLocal(DEMO_ZONE, first + day, Math.floor((hour / 24) * (MS_PER_DAY / 1000)) * 1000);
  }
}

/** Reply times with a long right tail and exactly the given mean: the rest of the rounding is spread a minute at a time. */
export function replyTimes(count: number, mean: Minutes, random: Random): readonly Minutes[] {
  const raw = Array.from({ length: count }, () => Math.exp(4.62 + 0.85 * normal(random)));
  const scale = (mean * count) / raw.reduce((sum, value) => sum + value, 0);
  const times = raw.map((value) => Math.max(4, Math.min(1500, Math.round(value * scale))));
  let excess = times.reduce((sum, value) => sum + value, 0) - mean * count;
  for (let index = 0; excess !== 0; index = (index + 1) % count) {
    const value = must(times[index], 'a time');
    const step = Math.sign(excess);
    if (value - step < 4) continue;
    times[index] = value - step;
    excess -= step;
  }
  return times;
}

/** Standard normal by Box and Muller. */
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

const repeated = <T>(items: readonly T[], times: (item: T) => number): readonly T[] =>
  items.flatMap((item) => Array.from({ length: times(item) }, () => item));

/** An earlier message on the same topic, for a merge to point at. */
function earlierTwin(told: readonly Told[], plan: Plan): Told | null {
  return (
    told.findLast(
      ({ incident }) =>
        incident.classification?.topic === plan.theme.topic2022 &&
        incident.step.name === 'done' &&
        plan.createdAt - incident.createdAt > MS_PER_MINUTE,
    ) ?? null
  );
}
