import { describe, expect, it } from 'vitest';
import { workingMinutesBetween } from '#shared/domain/calendar.ts';
import { authorKey } from '#shared/domain/likeness.ts';
import { must } from '#shared/domain/must.ts';
import { factsOf } from '#shared/report/facts/facts.ts';
import { monthPeriod } from '#shared/report/facts/period.ts';
import { formatDuration } from '#shared/text/duration.ts';
import { tellMonths } from '#tests/helpers/tell-months.ts';
import { DEMO_MONTHS, RECIPES } from '#server/demo/recipes.ts';
import { DEMO_SETTINGS, demoCalendar, DEMO_ZONE } from '#server/demo/scene.ts';
import type { Story } from '#server/demo/story.ts';
import { demoCast } from '#tests/fixtures/demo-rows.ts';
import { monthRequest, reported } from '#tests/fixtures/facts.ts';

const context = DEMO_SETTINGS;
const reportOf = (stories: readonly Story[], month: string) =>
  reported(
    stories.map((story) => factsOf(story.incident, context)),
    monthRequest(must(monthPeriod(month, DEMO_ZONE), 'a month')),
  ).report;
const all = tellMonths(demoCast);
const january = tellMonths(demoCast, ['2022-01']);
const localMonth = ({ incident }: Story): string =>
  new Date(incident.createdAt + 10 * 3_600_000).toISOString().slice(0, 7);
const inMonths = (pattern: RegExp): readonly Story[] =>
  all.filter((story) => pattern.test(localMonth(story)));
const share = (stories: readonly Story[], words: RegExp): number =>
  stories.filter(({ incident }) => words.test(incident.text)).length / stories.length;

describe('January 2022 of the demo region', () => {
  const report = reportOf(january, '2022-01');

  it('is the month of the seed article', () => {
    expect(report.received).toBe(389);
    expect(report.groups.slice(0, 5).map((line) => [line.group, line.count])).toEqual([
      ['Дороги', 121],
      ['Безопасность', 64],
      ['ЖКХ', 58],
      ['Благоустройство', 43],
      ['Общественный транспорт', 31],
    ]);
    const { meanMinutes } = report.firstReply.working;
    expect(meanMinutes).toBe(166);
    expect(formatDuration(must(meanMinutes, 'a mean'), 'ru').replaceAll('\u00A0', ' ')).toBe('2 ч 46 мин');
    expect(report.firstReply.wall.meanMinutes).toBeGreaterThan(2 * 166);
    expect(report.control).toMatchObject({
      received: 389,
      rejected: 11,
      merged: 7,
      taken: 371,
      balances: true,
    });
    expect(report.outcomes.find((line) => line.outcome === 'solved')?.count).toBe(118);
    expect(january.map((story) => story.incident.number)).toEqual(january.map((_, index) => 20_101 + index));
  });

  it('is the same told alone and among the others', () => {
    expect(inMonths(/2022-01/)).toEqual(january);
  });
});

describe('the eighteen months of the demo region', () => {
  it.each(RECIPES)('$month comes to its recipe', ({ month, ...recipe }) => {
    const report = reportOf(inMonths(new RegExp(month)), month);
    expect({
      received: report.received,
      rejected: report.control.rejected,
      merged: report.control.merged,
      solved: report.outcomes.find((line) => line.outcome === 'solved')?.count,
      meanMinutes: report.firstReply.working.meanMinutes,
    }).toEqual(recipe);
    expect(report.control.balances).toBe(true);
    for (const list of [report.municipalities, report.networks])
      expect(list.reduce((sum, line) => sum + line.count, 0)).toBe(recipe.received);
  });

  it('are numbered without a gap, have unique ids, and all have ended', () => {
    expect(DEMO_MONTHS).toHaveLength(18);
    expect(all.map((story) => story.incident.number)).toEqual(all.map((_, index) => 15_225 + index));
    expect(new Set(all.map((story) => story.incident.id)).size).toBe(all.length);
    const steps = new Set(all.map((story) => story.incident.step.name));
    expect(steps).toEqual(new Set(['done', 'rejected', 'merged']));
  });

  it('have seasons', () => {
    const summer = inMonths(/-0[67]$/);
    const winter = inMonths(/-(?:12|01|02)$/);
    const spring = inMonths(/-0[45]$/);
    expect(share(summer, /снег|гололёд|сосул|мороз|зимн/i)).toBe(0);
    expect(share(winter, /трава|комар|клещ|пыль|жара/i)).toBe(0);
    expect(share(winter, /снег|снегопад|гололёд/i)).toBeGreaterThan(0.12);
    expect(share(spring, /ям[аыу]|выбоин/i)).toBeGreaterThan(3 * share(winter, /ям[аыу]|выбоин/i));
    expect(share(summer, /комар|мошк|клещ|трава/i)).toBeGreaterThan(0.08);
  });

  it('speak a Russian whose numbers agree, with every gap filled, in many words', () => {
    const texts = all.flatMap(({ incident }) => [
      incident.text,
      ...incident.replies.map((reply) => reply.text),
    ]);
    expect(texts.filter((text) => /[{}]|undefined|\bна на\b/.test(text))).toEqual([]);
    const wrong =
      /5 (?:дня|часа|недели|месяца|машины|собаки)|[234] (?:дней|часов|недель|месяцев|машин|собак)(?!\p{L})/u;
    expect(texts.filter((text) => wrong.test(text))).toEqual([]);
    expect(new Set(all.map(({ incident }) => incident.text)).size).toBeGreaterThan(3000);
  });

  it('have fewer messages on weekends, and a third outside working hours', () => {
    const byDay = [0, 0, 0, 0, 0, 0, 0];
    for (const { incident } of all) {
      const day = new Date(incident.createdAt + 10 * 3_600_000).getUTCDay();
      byDay[day] = (byDay[day] ?? 0) + 1;
    }
    const [sunday = 0, ...others] = byDay;
    expect(sunday).toBeLessThan(0.75 * (others.slice(0, 5).reduce((sum, count) => sum + count, 0) / 5));
    const evening = all.filter(({ incident }) => {
      const hour = new Date(incident.createdAt + 10 * 3_600_000).getUTCHours();
      return hour >= 18 || hour < 7;
    });
    expect(evening.length / all.length).toBeGreaterThan(0.3);
    expect(evening.length / all.length).toBeLessThan(0.4);
  });
});

describe('the life of an incident in the demo region', () => {
  const countOf = (event: string): number =>
    all.filter(({ events }) => events.some(({ name }) => name === event)).length;

  it('takes its turns: deferrals, reopenings, replies sent back, promises and survey marks', () => {
    for (const event of ['deferred', 'reopened', 'reply_sent_back', 'returned_to_centre', 'survey_recorded'])
      expect([event, countOf(event) > 100]).toEqual([event, true]);
    const promises = all.flatMap(({ incident }) => incident.promises);
    const kept = promises.filter(({ state }) => state === 'kept').length;
    const broken = promises.filter(({ state }) => state === 'broken').length;
    expect(kept + broken).toBe(promises.length);
    expect(kept).toBeGreaterThan(2 * broken);
    expect(broken).toBeGreaterThan(50);
  });

  it('never goes back in time, and approval takes minutes and no nights', () => {
    for (const { events } of all) {
      const at = events.map((event) => event.at);
      expect(at).toEqual(at.toSorted((a, b) => a - b));
    }
    const minutes = all.flatMap(({ incident }) =>
      incident.replies.map(({ submittedAt, approvedAt }) => {
        const [from, to] = [must(submittedAt, 'submitted'), must(approvedAt, 'approved')];
        expect((to - from) / 60_000 - workingMinutesBetween(demoCalendar, from, to)).toBeLessThan(60);
        return (to - from) / 60_000;
      }),
    );
    expect(Math.max(...minutes)).toBeLessThan(120);
  });

  it('repeats itself: residents write again about the same place', () => {
    const { length } = all;
    const authors = new Set(all.map(({ incident }) => authorKey(incident.author))).size;
    expect(length - authors).toBeGreaterThan(150);
    for (const month of ['2021-07', '2022-01']) expect(reportOf(all, month).repeats.count).toBeGreaterThan(5);
  });

  it('merges into an incident of the same place and topic', () => {
    const byId = new Map(all.map(({ incident }) => [incident.id, incident]));
    for (const { incident } of all) {
      if (incident.step.name !== 'merged') continue;
      const twin = must(byId.get(incident.step.into), 'a twin');
      expect([twin.place, twin.classification]).toEqual([incident.place, incident.classification]);
      expect(twin.createdAt).toBeLessThan(incident.createdAt);
    }
  });
});
