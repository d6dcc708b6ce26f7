import { expect, it } from 'vitest';
import { activitySchema } from '#shared/domain/activity.ts';
import { campaignSchema } from '#shared/domain/campaign.ts';
import { defaultDictionary } from '#shared/domain/data/default-dictionary.ts';
import { eaoDirectory } from '#shared/domain/data/eao-directory.ts';
import { demoActivities } from '#server/demo/activities.ts';
import { demoCampaigns } from '#server/demo/campaigns.ts';
import { DEMO_MONTHS } from '#server/demo/recipes.ts';

const ids = [...demoCampaigns, ...demoActivities].map(({ id }) => id);
const dates = [
  ...demoCampaigns.flatMap(({ from, to }) => [from, to]),
  ...demoActivities.map(({ date }) => date),
];

it('six campaigns and eight activities are as the registers want them, each with an id of its own', () => {
  expect(demoCampaigns.map((campaign) => campaignSchema.parse(campaign))).toEqual(demoCampaigns);
  expect(demoActivities.map((activity) => activitySchema.parse(activity))).toEqual(demoActivities);
  expect([demoCampaigns.length, demoActivities.length, new Set(ids).size]).toEqual([6, 8, 14]);
});

it('they happen within the eighteen months, and campaigns end after they begin', () => {
  for (const date of dates) expect(DEMO_MONTHS).toContain(date.slice(0, 7));
  for (const { from, to, posts } of demoCampaigns)
    for (const { date } of posts) expect([from <= date, date <= to]).toEqual([true, true]);
});

it('they speak of topics of the dictionary and of agencies of the directory, of which no more came than were invited', () => {
  const known = new Set(
    defaultDictionary.topics.flatMap(({ group, name }) => [`${group}/`, `${group}/${name}`]),
  );
  for (const { group, topic } of [...demoCampaigns, ...demoActivities].flatMap(({ topics }) => topics))
    expect(known).toContain(`${group}/${topic}`);
  const agencies = new Set(eaoDirectory.agencies.map(({ id }) => id));
  for (const { agency, invited, attended } of demoActivities.flatMap((activity) => activity.agencies)) {
    expect(agencies).toContain(agency);
    expect(attended).toBeLessThanOrEqual(invited);
  }
});
