import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { STEP_NAMES } from '#shared/domain/step.ts';
import { must } from '#shared/domain/must.ts';
import { factsOf, type Facts } from '#shared/report/facts/facts.ts';
import { factsBehind, topicFigure } from '#shared/report/summary/figure.ts';
import {
  monthBefore,
  monthPeriod,
  periodAfter,
  periodAround,
  periodsOf,
} from '#shared/report/facts/period.ts';
import { sheetPage } from '#shared/report/paper/sheet.ts';
import { mean, median, tally } from '#shared/report/facts/statistics.ts';
import { contextAt, incidentIn, MINUTE, TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';
import { baseFacts as base, january, reported, ZONE } from '#tests/fixtures/facts.ts';

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
    topic: fc.constantFrom('', 'Снег', 'Ямы'),
    authorKey: fc.integer({ min: 0, max: 4 }),
    placeKey: fc.integer({ min: 0, max: 4 }),
    deferred: fc.integer({ min: 0, max: 2 }),
    returns: fc.integer({ min: 0, max: 2 }),
    firstReplyInterim: fc.boolean(),
    grade: fc.constantFrom(null, null, 1, 4, 5),
    promisesBroken: fc.integer({ min: 0, max: 1 }),
    cameBack: fc.boolean(),
    enteredLater: fc.oneof(
      fc.constant([]),
      fc.tuple(fc.integer({ min: january.start - 3e9, max: january.end + 3e9 })),
    ),
    id: fc.uuid(),
  })
  .map(({ answered, inTime, minutes, cameBack, ...rest }) => ({
    ...base,
    ...rest,
    closedAt: ['done', 'rejected', 'merged'].includes(rest.step) ? rest.createdAt + 1e8 : null,
    // By another way than the one by which it is out now: each figure opens it once.
    endings: cameBack
      ? [
          {
            step: rest.step === 'rejected' ? ('merged' as const) : ('rejected' as const),
            outcome: null,
            closedAt: rest.createdAt + 1e7,
            reopenedAt: rest.createdAt + 9e7,
          },
        ]
      : [],
    rejectReason: rest.step === 'rejected' ? ('spam' as const) : null,
    firstReplyInterim: answered && rest.firstReplyInterim,
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

  it.each([
    ['week', '2022-01-06', '2022-01-03', '2022-01-09', '2021-12-27'],
    ['month', '2024-02-10', '2024-02-01', '2024-02-29', '2024-01-01'],
    ['quarter', '2022-03-31', '2022-01-01', '2022-03-31', '2021-10-01'],
    ['year', '2022-06-01', '2022-01-01', '2022-12-31', '2021-01-01'],
    ['custom', '2022-06-01', '2022-06-01', '2022-06-01', '2022-05-31'],
  ] as const)('a %s around %s runs from %s to %s, after %s', (form, date, from, to, before) => {
    const period = periodAround(form, date, ZONE);
    expect(period).toMatchObject({ from, to });
    expect(periodAfter(form, period, -1, ZONE)).toMatchObject({ from: before });
    expect(periodAfter(form, periodAfter(form, period, 1, ZONE), -1, ZONE)).toEqual(period);
  });

  it('are compared with the year before, leap days too', () => {
    const { yearAgo, lastYearToDate } = periodsOf(
      { form: 'month', from: '2024-02-01', to: '2024-02-29' },
      ZONE,
    );
    expect(yearAgo).toMatchObject({ from: '2023-02-01', to: '2023-02-28' });
    expect(lastYearToDate).toMatchObject({ from: '2023-01-01', to: '2023-02-28' });
    expect(() => periodsOf({ form: 'custom', from: '2022-02-01', to: '2022-01-01' }, ZONE)).toThrow(
      RangeError,
    );
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
        const { report, input } = reported(facts);
        const count = (figure: string): number => factsBehind(figure, input).length;
        expect(report.control.balances).toBe(true);
        expect(report.flow.balances).toBe(true);
        for (const name of ['carriedIn', 'carriedOut', 'closed', 'solved'] as const)
          expect(count(name)).toBe(report.flow[name]);
        expect(count('flowRejected')).toBe(report.flow.rejected);
        expect(count('flowMerged')).toBe(report.flow.merged);
        expect(count('flowReopened')).toBe(report.flow.reopened);
        expect(count('enteredLater')).toBe(report.flow.enteredLater);
        expect(count('repeat')).toBe(report.repeats.count);
        expect(count('deferred')).toBe(report.deferred.count);
        expect(count('interim')).toBe(report.firstReply.interim);
        expect(count('graded')).toBe(report.survey.graded);
        expect(count('rejectReason:spam')).toBe(report.control.rejected);
        for (const { grade, count: times } of report.survey.grades)
          expect(count(`grade:${grade}`)).toBe(times);
        for (const { date, count: times } of report.days) expect(count(`day:${date}`)).toBe(times);
        for (const { upToMinutes, working, wall } of report.clockBuckets) {
          expect(count(`bucketWorking:${upToMinutes ?? 'more'}`)).toBe(working);
          expect(count(`bucketWall:${upToMinutes ?? 'more'}`)).toBe(wall);
        }
        expect(report.days.reduce((sum, line) => sum + line.count, 0)).toBe(report.received);
        expect(count('longestWaits')).toBe(report.longest.length);
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
        for (const line of report.groups) {
          expect(count(`group:${line.group}`)).toBe(line.count);
          for (const { topic, count: times } of line.topics)
            expect(count(topicFigure(line.group, topic))).toBe(times);
        }
        for (const line of report.outcomes) expect(count(`outcome:${line.outcome}`)).toBe(line.count);
        for (const line of report.municipalities)
          expect(count(`municipality:${line.municipality}`)).toBe(line.count);
        for (const line of report.agencies) {
          expect(count(`agency:${line.agency}`)).toBe(line.count);
          expect(count(`agencyAnswered:${line.agency}`)).toBe(line.answered);
          expect(count(`agencyUnanswered:${line.agency}`)).toBe(line.unanswered);
          expect(count(`agencyLate:${line.agency}`)).toBe(line.late);
          expect(count(`agencyRepeat:${line.agency}`)).toBe(line.repeats);
        }
        for (const line of report.networks) expect(count(`network:${line.network}`)).toBe(line.count);
        expect(count('otherGroups')).toBe(report.groups.slice(5).reduce((sum, line) => sum + line.count, 0));
        expect(report.groups.reduce((sum, line) => sum + line.share, 0)).toBeCloseTo(
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
    const { report } = reported([old, late, base]);
    expect(report.received).toBe(2);
    expect(report.flow).toEqual({
      carriedIn: 1,
      closed: 2,
      solved: 2,
      solvedFromBefore: 1,
      rejected: 0,
      merged: 0,
      reopened: 0,
      enteredLater: 0,
      carriedOver: 1,
      carriedOut: 1,
      balances: true,
    });
  });

  it('says on paper what was taken back into work, where anything was, and opens it', () => {
    const ending = { step: 'rejected', outcome: null, reopenedAt: january.start + 2 } as const;
    const back: Facts = { ...base, endings: [{ ...ending, closedAt: january.start + 1 }] };
    const page = (facts: Facts): string => sheetPage(reported([facts]).report, 'ru', '', 'full');
    expect(page(back)).toMatch(
      / поступило \+ <[^>]*data-figure="flowReopened"[^>]*>1<.* возвращено в работу = /,
    );
    expect(page(base)).toContain(' поступило = ');
    // An issue of the time before it was counted is printed as it was.
    const { flow, ...report } = reported([base]).report;
    const { reopened: _, ...older } = flow;
    expect(sheetPage({ ...report, flow: older }, 'ru', '', 'full')).toBe(page(base));
  });

  it('compares with the period before', () => {
    const december = must(monthPeriod('2021-12', ZONE), 'december');
    const { report } = reported([base, base, { ...base, createdAt: december.start, workingMinutes: 30 }]);
    expect(report.previous).toEqual({ received: 1 });
    expect(report.groups[0]).toMatchObject({ change: 1, previous: 1, yearAgo: null });
    expect(report.comparisons.previous).toMatchObject({
      from: '2021-12-01',
      received: 1,
      workingMeanMinutes: 30,
    });
    expect(report.comparisons.yearAgo).toBeNull();
    expect(report.yearToDate).toMatchObject({ from: '2022-01-01', received: 2, before: null });
  });
});

describe('the sheet', () => {
  it('says what it counts and escapes what residents wrote', () => {
    const evil: Facts = { ...base, municipality: '<img src=x onerror=alert(1)>' };
    const page = sheetPage(reported([evil, base]).report, 'ru', '', 'full');
    expect(page).toContain('январь 2022 года');
    expect(page).toContain('рабочее время');
    expect(page).toContain('по часам');
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img');
  });

  it.each([
    ['ru', 'short'],
    ['en', 'short'],
    ['ru', 'full'],
    ['en', 'full'],
  ] as const)('opens every whole number it prints as a figure (%s, %s)', (language, size) => {
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
    const { report, input } = reported(many);
    const page = sheetPage(report, language, '', size);
    const figures = [...page.matchAll(/<(?:span|text)[^>]* data-figure="([^"]+)">(\d+)<\/(?:span|text)>/g)];
    expect(figures.length).toBeGreaterThan(40);
    for (const [, name = '', value] of figures.filter(([, name]) => !name?.startsWith('longest:')))
      expect([name, factsBehind(name, input).length]).toEqual([name, Number(value)]);
    expect(page).not.toMatch(/scope="row">\s*⚡/);
    expect(page).not.toMatch(/\{\w+\}<|undefined|NaN/);
  });

  it('drafts the news item with right forms, every figure linked, and nothing of residents’ own words', () => {
    const named = (count: number): string => {
      const some = Array.from({ length: count }, (_, at): Facts => ({ ...base, id: `${at}` }));
      return sheetPage(reported(some).report, 'ru', '', 'news')
        .replaceAll(/<[^>]+>|\s+/g, ' ')
        .replaceAll(/ +/g, ' ');
    };
    expect(named(1)).toContain('поступило 1 сообщение жителей.');
    expect(named(22)).toContain('поступило 22 сообщения жителей.');
    expect(named(25)).toMatch(/В январе 2022 года .* поступило 25 сообщений/);
    expect(named(21)).toContain('Решён 21 вопрос');
    expect(named(5)).toContain('ведомству «Ведомство a» ( 5 )');
    expect(named(5)).toContain('10 мин рабочего времени');
    expect(named(0)).toContain('За этот период сообщений нет.');
    expect(named(3)).not.toMatch(/undefined|NaN|null/);
  });

  it('prints an empty month as empty', () => {
    const page = sheetPage(reported([]).report, 'en', '', 'full');
    expect(page).toContain('No messages in this period.');
    expect(page).not.toContain('NaN');
  });
});
