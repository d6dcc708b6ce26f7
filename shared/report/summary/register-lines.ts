import type { Campaign } from '#shared/domain/campaign.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { must } from '#shared/domain/must.ts';
import { dateOfDay, dayOfDate, type LocalDate } from '#shared/domain/time-zone.ts';
import { withoutIdentifiers } from '#shared/text/deidentify.ts';
import { groupOfKey, topicKey, type Past } from '#shared/report/facts/past.ts';
import { daysPeriod, type Period } from '#shared/report/facts/period.ts';
import type { ActivityLine, CampaignLine, PeriodReport, ReportRegisters } from './period-report.ts';

/** How long before and after a campaign its effect is looked for, days. */
const EFFECT_DAYS = 28;

const shifted = (date: LocalDate, days: number): LocalDate =>
  dateOfDay(must(dayOfDate(date), 'a date') + days);

/**
 * Lists what the centre held in the period, by date; its words go on paper and into the news, so they tell of
 * nobody.
 */
export function registerLines(
  { campaigns, activities, examples }: ReportRegisters,
  period: Period,
  past: Past,
  zone: string,
): Pick<PeriodReport, 'campaigns' | 'activities' | 'examples'> {
  const { from, to } = period;
  return {
    campaigns: campaignsIn(campaigns, period).map((campaign) => campaignLine(campaign, past, zone)),
    activities: activities
      .filter(({ date }) => date >= from && date <= to)
      .toSorted((a, b) => (a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date < b.date ? -1 : 1))
      .map(({ id, kind, title, date, place, audience, agencies }): ActivityLine => ({
        id,
        kind,
        title: withoutIdentifiers(title),
        date,
        place: withoutIdentifiers(place),
        audience,
        agencies: agencies.length,
        invited: agencies.reduce((sum, agency) => sum + agency.invited, 0),
        attended: agencies.reduce((sum, agency) => sum + agency.attended, 0),
      })),
    examples: examples
      .filter(({ month }) => month >= from.slice(0, 7) && month <= to.slice(0, 7))
      .toSorted((a, b) => (a.month === b.month ? a.order - b.order : a.month < b.month ? -1 : 1))
      .map((example) => ({
        ...example,
        text: withoutIdentifiers(example.text),
        author: withoutIdentifiers(example.author),
        before: captioned(example.before),
        after: captioned(example.after),
      })),
  };
}

const captioned = (photo: Photo | null): Photo | null =>
  photo === null ? null : { ...photo, caption: withoutIdentifiers(photo.caption) };

/** Campaigns that ran in the period, by their first day. */
export const campaignsIn = (campaigns: readonly Campaign[], { from, to }: Period): readonly Campaign[] =>
  campaigns
    .filter((campaign) => campaign.from <= to && campaign.to >= from)
    .toSorted((a, b) => (a.from === b.from ? (a.id < b.id ? -1 : 1) : a.from < b.from ? -1 : 1));

/** Four weeks before a campaign, its own days, and four weeks after. */
export const effectPeriods = ({ from, to }: Campaign, zone: string): readonly [Period, Period, Period] => [
  daysPeriod(shifted(from, -EFFECT_DAYS), from, zone),
  daysPeriod(from, shifted(to, 1), zone),
  daysPeriod(shifted(to, 1), shifted(to, 1 + EFFECT_DAYS), zone),
];

function campaignLine(campaign: Campaign, past: Past, zone: string): CampaignLine {
  const { id, title, from, to, topics, reason, reach, posts, materials } = campaign;
  const [before, during, after] = effectPeriods(campaign, zone);
  return {
    id,
    title: withoutIdentifiers(title),
    from,
    to,
    topics,
    reason: withoutIdentifiers(reason),
    reach,
    posts: posts.length,
    materials: materials.length,
    before: countAbout(topics, past.topics(before)),
    during: countAbout(topics, past.topics(during)),
    after: countAbout(topics, past.topics(after)),
  };
}

function countAbout(topics: Campaign['topics'], counts: ReadonlyMap<string, number>): number {
  const whole = new Set(topics.filter(({ topic }) => topic === '').map(({ group }) => group));
  const single = new Set(topics.map(({ group, topic }) => topicKey(group, topic)));
  let sum = 0;
  for (const [key, count] of counts) if (whole.has(groupOfKey(key)) || single.has(key)) sum += count;
  return sum;
}
