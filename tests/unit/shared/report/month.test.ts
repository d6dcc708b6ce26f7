import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { STEP_NAMES } from '#shared/domain/step.ts';
import { factsOf, type Facts } from '#shared/report/facts.ts';
import { factsBehind, topicFigure } from '#shared/report/figure.ts';
import { monthReport } from '#shared/report/month.ts';
import { monthBefore, monthPeriod } from '#shared/report/period.ts';
import { sheetPage } from '#shared/report/sheet.ts';
import { mean, median, tally } from '#shared/report/statistics.ts';
import { must } from '#shared/domain/must.ts';
import { contextAt, incidentIn, MINUTE, TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

const ZONE = 'Asia/Vladivostok';
const january = must(monthPeriod('2022-01', ZONE), 'a month');
const directory = {
  region: 'eao',
  regionName: 'ЕАО',
  timeZone: ZONE,
  agencyName: (id: string) => `Ведомство ${id}`,
  population: () => null,
};

const base: Facts = {
  id: 'x',
  createdAt: january.start,
  step: 'done',
  group: 'Дороги',
  topic: 'Снег',
  municipality: 'Биробиджан г.о.',
  network: 'vk',
  kind: 'comment',
  importance: 'ordinary',
  agency: 'a',
  type: 'solvable',
  outcome: 'solved',
  closing: 'author_pleased',
  closedAt: january.start + 1000,
  grade: null,
  firstReplyAt: january.start + 60_000,
  workingMinutes: 10,
  wallMinutes: 20,
  inTime: true,
  returns: 0,
};

const arbitraryFacts: fc.Arbitrary<Facts> = fc
  .record({
    createdAt: fc.integer({ min: january.start - 3e9, max: january.end + 3e9 }),
    step: fc.constantFrom(...STEP_NAMES),
    group: fc.constantFrom('Дороги', 'ЖКХ', '', 'А', 'Б', 'В', 'Г'),
    municipality: fc.constantFrom('Биробиджан г.о.', '', '<b>«Ы»</b>'),
    agency: fc.constantFrom('', 'a', 'b'),
    network: fc.constantFrom('vk' as const, 'ok' as const),
    answered: fc.boolean(),
    inTime: fc.boolean(),
    minutes: fc.integer({ min: 0, max: 5000 }),
  })
  .map(({ answered, inTime, minutes, ...rest }) => ({
    ...base,
    ...rest,
    closedAt: rest.step === 'done' ? rest.createdAt + 1e8 : null,
    firstReplyAt: answered ? rest.createdAt + minutes * MINUTE : null,
    workingMinutes: answered ? minutes : null,
    wallMinutes: answered ? minutes * 2 : null,
    inTime: answered ? inTime : null,
  }));

describe('periods', () => {
  it('are whole local days of the region', () => {
    expect(january).toMatchObject({
      from: '2022-01-01',
      to: '2022-01-31',
      start: Date.UTC(2021, 11, 31, 14),
      end: Date.UTC(2022, 0, 31, 14),
    });
    expect(must(monthPeriod('2021-12', ZONE), 'december').end).toBe(january.start);
    expect(monthPeriod('2022-13', ZONE)).toBeNull();
    expect(monthPeriod('январь', ZONE)).toBeNull();
    expect(monthBefore('2022-01')).toBe('2021-12');
    expect(monthBefore('2022-01', 12)).toBe('2021-01');
  });
});

describe('statistics', () => {
  it('say nothing of nothing', () => {
    expect([mean([]), median([]), tally([], String)]).toEqual([null, null, []]);
  });
  it('find the middle', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), mean([1, 2])]).toEqual([2, 2.5, 1.5]);
  });
});

describe('facts of an incident', () => {
  it('read both clocks off the published reply', () => {
    const facts = factsOf(incidentIn('done'), contextAt(TUESDAY_10));
    expect(facts).toMatchObject({
      workingMinutes: 30,
      wallMinutes: 30,
      inTime: true,
      agency: 'meriya-birobidzhan',
      outcome: 'solved',
      closing: 'author_pleased',
    });
    expect(factsOf(incidentIn('assigned'), contextAt(TUESDAY_10))).toMatchObject({
      firstReplyAt: null,
      workingMinutes: null,
      inTime: null,
    });
    expect(factsOf(incidentIn('returned'), contextAt(TUESDAY_10)).returns).toBe(1);
  });
});

describe('the month', () => {
  it('balances and opens every figure, whatever the incidents', () => {
    fc.assert(
      fc.property(fc.array(arbitraryFacts, { maxLength: 60 }), (facts) => {
        const report = monthReport(facts, january, null, directory, january.end);
        const count = (figure: string): number => factsBehind(figure, facts, january).length;
        expect(report.control.balances).toBe(true);
        expect(count('received')).toBe(report.received);
        expect(count('answered')).toBe(report.firstReply.answered);
        expect(count('late')).toBe(report.firstReply.late);
        expect(count('solved')).toBe(report.flow.solved);
        expect(count('inTime')).toBe(report.firstReply.inTime);
        expect(count('notAnswered')).toBe(report.firstReply.notAnswered);
        for (const name of ['rejected', 'merged', 'taken', 'finished', 'inWork'] as const)
          expect(count(name)).toBe(report.control[name]);
        expect(count('closed')).toBe(report.flow.closed);
        expect(count('solvedBefore')).toBe(report.flow.solvedFromBefore);
        expect(count('carriedOver')).toBe(report.flow.carriedOver);
        for (const one of report.groups) {
          expect(count(`group:${one.group}`)).toBe(one.count);
          for (const { topic, count: times } of one.topics)
            expect(count(topicFigure(one.group, topic))).toBe(times);
        }
        for (const one of report.outcomes) expect(count(`outcome:${one.outcome}`)).toBe(one.count);
        for (const one of report.municipalities)
          expect(count(`municipality:${one.municipality}`)).toBe(one.count);
        for (const one of report.agencies) expect(count(`agency:${one.agency}`)).toBe(one.count);
        for (const one of report.networks) expect(count(`network:${one.network}`)).toBe(one.count);
        expect(count('otherGroups')).toBe(report.groups.slice(5).reduce((sum, one) => sum + one.count, 0));
        expect(report.groups.reduce((sum, one) => sum + one.share, 0)).toBeCloseTo(
          report.received === 0 ? 0 : 1,
          9,
        );
      }),
      { numRuns: 200 },
    );
  });

  it('keeps flow and cohort apart', () => {
    const old: Facts = { ...base, createdAt: january.start - 1 };
    const late: Facts = { ...base, closedAt: january.end };
    const report = monthReport([old, late, base], january, null, directory, january.end);
    expect(report.received).toBe(2);
    expect(report.flow).toEqual({ closed: 2, solved: 2, solvedFromBefore: 1, carriedOver: 1 });
  });

  it('compares with the period before', () => {
    const december = must(monthPeriod('2021-12', ZONE), 'december');
    const report = monthReport(
      [base, base, { ...base, createdAt: december.start }],
      january,
      december,
      directory,
      january.end,
    );
    expect(report.previous).toEqual({ received: 1 });
    expect(report.groups[0]?.change).toBe(1);
  });
});

describe('the sheet', () => {
  it('says what it counts and escapes what residents wrote', () => {
    const evil: Facts = { ...base, municipality: '<img src=x onerror=alert(1)>' };
    const page = sheetPage(monthReport([evil, base], january, null, directory, january.end), 'ru', '');
    expect(page).toContain('январь 2022 года');
    expect(page).toContain('рабочее время');
    expect(page).toContain('по часам');
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img');
  });

  it.each(['ru', 'en'] as const)('opens every whole number it prints as a figure (%s)', (language) => {
    const many = Array.from({ length: 60 }, (_, index): Facts => ({
      ...base,
      id: `${index}`,
      group: `Группа ${index % 9}`,
      topic: `⚡ Тема ${index % 11}`,
      municipality: `Район ${index % 14}`,
      agency: `agency-${index % 12}`,
      inTime: index % 3 !== 0,
      outcome: index % 2 === 0 ? 'solved' : 'explained',
    }));
    const page = sheetPage(monthReport(many, january, null, directory, january.end), language, '');
    const figures = [...page.matchAll(/<span data-figure="([^"]+)">(\d+)<\/span>/g)];
    expect(figures.length).toBeGreaterThan(40);
    for (const [, name = '', value] of figures)
      expect([name, factsBehind(name, many, january).length]).toEqual([name, Number(value)]);
    expect(page).not.toMatch(/scope="row">\s*⚡/);
    expect(page).not.toMatch(/\{\w+\}<|undefined|NaN/);
  });

  it('prints an empty month as empty', () => {
    const page = sheetPage(monthReport([], january, null, directory, january.end), 'en', '');
    expect(page).toContain('No messages in this month.');
    expect(page).not.toContain('NaN');
  });
});
