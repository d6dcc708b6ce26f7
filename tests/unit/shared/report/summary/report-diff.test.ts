import { describe, expect, it } from 'vitest';
import type { Facts } from '#shared/report/facts/facts.ts';
import { factsBehind } from '#shared/report/summary/figure.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { reportDiff, type Changed } from '#shared/report/summary/report-diff.ts';
import { readReportText, reportText } from '#shared/report/summary/report-text.ts';
import { factsOf } from '#shared/report/facts/facts.ts';
import { tellMonths } from '#tests/helpers/tell-months.ts';
import { DEMO_SETTINGS } from '#server/demo/scene.ts';
import { baseFacts, reported } from '#tests/fixtures/facts.ts';

const cast = {
  operators: [{ id: 'operator-1', role: 'operator', agency: null } as const],
  approver: { id: 'approver-1', role: 'approver', agency: null } as const,
};
const january = tellMonths(cast, ['2022-01']).map(({ incident }) => factsOf(incident, DEMO_SETTINGS));
/** Sums over an incident's own parts open the incidents that have any. */
const SUMS = /^(?:approved|returned|promises|agencyReturned|agencyKept|agencyBroken|agencyMoved)/;
const NOTHING = { lines: [], others: [] };

const lineOf = (lines: readonly Changed[], figure: string, measure = 'count') =>
  lines.find((line) => line.figure === figure && line.measure === measure);

describe('two summaries of a period', () => {
  const { report, input } = reported(january);

  it('of the same facts, in whatever order, differ in nothing', () => {
    expect(reportDiff(report, reported(january.toReversed()).report)).toEqual(NOTHING);
    expect(reportDiff(readReportText(reportText(report)), report)).toEqual(NOTHING);
  });

  it('made at another moment differ in nothing: waiting on is no change', () => {
    expect(reportDiff(report, { ...report, asOf: report.asOf + 60_000 })).toEqual(NOTHING);
    const waits = report.longest.map((wait) =>
      wait.isAnswered ? wait : { ...wait, wallMinutes: wait.wallMinutes + 99, workingMinutes: 12_345 },
    );
    expect(reportDiff(report, { ...report, longest: waits })).toEqual(NOTHING);
  });

  it('name every number that moved with one message, and each opens as many incidents as it says', () => {
    const more: Facts = {
      ...baseFacts,
      id: 'new',
      group: 'Космос',
      topic: 'Ракеты',
      municipality: 'Ленинский район',
      agency: 'mchs',
    };
    const after = reported([...january, more]);
    const { lines } = reportDiff(report, after.report);
    expect(lineOf(lines, 'received')).toMatchObject({ part: 'received', was: 389, now: 390, opens: true });
    expect(lineOf(lines, 'group:Космос')).toMatchObject({ was: 0, now: 1 });
    expect(lineOf(lines, 'topic:Космос\u203AРакеты')).toMatchObject({ was: 0, now: 1 });
    expect(lineOf(lines, 'agency:mchs')).toBeDefined();
    expect(lineOf(lines, 'answered', 'meanWorking')?.now).toBeLessThan(166);
    const counted = lines.filter(
      ({ figure, measure, opens }) => measure === 'count' && opens && !SUMS.test(figure),
    );
    expect(counted.length).toBeGreaterThan(10);
    for (const { figure, now } of counted)
      expect([figure, factsBehind(figure, after.input).length]).toEqual([figure, now]);
    expect(factsBehind('received', input)).toHaveLength(389);
  });

  it('name a corrected group from both sides, and nothing of what stayed', () => {
    const [first, ...rest] = january;
    if (first === undefined) throw new Error('an empty January');
    const { lines, others } = reportDiff(
      report,
      reported([{ ...first, group: 'Космос', topic: 'Ракеты' }, ...rest]).report,
    );
    expect(lines.some(({ part }) => part === 'received' || part === 'municipalities')).toBe(false);
    expect(lineOf(lines, 'group:Космос')).toMatchObject({ was: 0, now: 1 });
    expect(lineOf(lines, `group:${first.group}`)).toMatchObject({
      was: (lineOf(lines, `group:${first.group}`)?.now ?? 0) + 1,
    });
    expect(others).toEqual([]);
  });

  it('tell what is no number as a part that changed', () => {
    const renamed = report.agencies.map((line, at) => (at === 0 ? { ...line, name: 'Иное имя' } : line));
    expect(reportDiff(report, { ...report, agencies: renamed })).toEqual({ lines: [], others: ['agencies'] });
    const [longest] = report.longest;
    expect(reportDiff(report, { ...report, longest: longest === undefined ? [] : [longest] }).others).toEqual(
      ['longest'],
    );
  });

  it('leave out what an older program did not count, and what an observer’s copy cannot know', () => {
    const { survey: _survey, ...older } = report;
    expect(reportDiff(older as PeriodReport, report)).toEqual(NOTHING);
    const blind = { ...report, repeats: { count: 999, share: 1 } };
    expect(reportDiff(report, blind, false)).toEqual(NOTHING);
    expect(reportDiff(report, blind).lines).toMatchObject([{ figure: 'repeat', now: 999 }]);
  });

  it('find any number that is changed, wherever it stands', () => {
    const unseen: string[] = [];
    const small = reported(january.slice(0, 60)).report;
    for (const { path, changed } of eachNumberChanged(small)) {
      const { lines, others } = reportDiff(small, changed);
      if (lines.length + others.length === 0) unseen.push(path.replaceAll(/\/\d+(?=\/|$)/g, '/*'));
    }
    // Shares, rates and repetitions follow from numbers that are found; what stands ahead is of another
    // moment each time.
    expect(new Set(unseen)).toEqual(DERIVED);
  });
});

const DERIVED = new Set([
  'ahead/overdue',
  'ahead/promised',
  'ahead/promisedLate',
  'agencies/*/inTimeShare',
  'agencies/*/wall/count',
  'agencies/*/working/count',
  'asOf',
  'control/received',
  'firstReply/inTimeShare',
  'firstReply/wall/count',
  'firstReply/working/count',
  'groups/*/share',
  'networks/*/share',
  'rating/lines/*/count',
  'rating/lines/*/parts/*/max',
  'rating/lines/*/parts/*/points',
  'rating/lines/*/parts/*/value',
  'repeats/share',
]);

/** The summary once for each of its numbers, that one raised by one. */
function* eachNumberChanged(
  value: PeriodReport,
): Generator<{ readonly path: string; readonly changed: PeriodReport }> {
  const text = reportText(value);
  for (const path of numbersIn(value, [])) {
    const copy = JSON.parse(text) as Record<string, unknown>;
    let at: Record<string, unknown> = copy;
    for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
    const last = path.at(-1) ?? '';
    at[last] = Number(at[last]) + 1;
    yield { path: path.join('/'), changed: copy as unknown as PeriodReport };
  }
}

function* numbersIn(value: unknown, path: readonly string[]): Generator<readonly string[]> {
  if (typeof value === 'number') yield path;
  else if (typeof value === 'object' && value !== null)
    for (const [key, part] of Object.entries(value)) yield* numbersIn(part, [...path, key]);
}
