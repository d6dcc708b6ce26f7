import { OUTCOMES } from '#shared/domain/incident.ts';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { STEP_NAMES } from '#shared/domain/step.ts';
import { topicKey, type Past, type Span, type Totals } from '#shared/report/past.ts';
import { REPEAT_DAYS, repeatsAmong, type RepeatFacts } from '#shared/report/repeats.ts';
import { countRows } from './count-rows.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import { readFacts } from './fact-cells.ts';
import type { JudgedRows } from './judged-rows.ts';

const DONE = STEP_NAMES.indexOf('done');
const SOLVED = OUTCOMES.indexOf('solved') + 1;

/** What summaries ask about other periods, counted over the columns. */
export function columnPast(store: IncidentStore, zone: string, judgedRows: JudgedRows): Past {
  return {
    totals: (span) => totals(store, span, judgedRows),
    topics: ({ start, end }) =>
      new Map(
        countRows(store, zone, start, end, ['group', 'topic']).map(
          ({ key: [group = '', topic = ''], count }) => [topicKey(group, topic), count],
        ),
      ),
    days: ({ start, end }) =>
      new Map(countRows(store, zone, start, end, ['day']).map(({ key: [day = ''], count }) => [day, count])),
    repeats: (span) => repeats(store, span),
  };
}

function totals({ columns }: IncidentStore, { start, end }: Span, judgedRows: JudgedRows): Totals {
  const sums = {
    received: 0,
    answered: 0,
    closed: 0,
    solved: 0,
    workingSum: 0,
    workingCount: 0,
    inTime: 0,
    judged: 0,
  };
  for (const { first, rows, at, cells } of columns.chunks) {
    for (let index = 0; index < rows; index += 1) {
      if (at.live[index] !== 1) continue;
      const closed = cells.closedAt[index] as number;
      if (closed >= start && closed < end && cells.step[index] === DONE) {
        sums.closed += 1;
        if (cells.outcome[index] === SOLVED) sums.solved += 1;
      }
      const created = cells.createdAt[index] as number;
      if (created < start || created >= end) continue;
      sums.received += 1;
      if (cells.firstReplyAt[index] === Infinity) continue;
      sums.answered += 1;
      const { working, inTime } = judgedRows.of(first, cells, index);
      if (working >= 0) {
        sums.workingSum += working;
        sums.workingCount += 1;
      }
      if (inTime !== null) sums.judged += 1;
      if (inTime === true) sums.inTime += 1;
    }
  }
  return sums;
}

/** Only rows that can be a repeat or be repeated are looked at: received in the span, or closed shortly before. */
function repeats({ columns, words }: IncidentStore, span: Span): ReadonlySet<string> {
  const since = span.start - REPEAT_DAYS * MS_PER_DAY;
  const facts: RepeatFacts[] = [];
  for (const { first, rows, at, cells } of columns.chunks) {
    for (let index = 0; index < rows; index += 1) {
      if (at.live[index] !== 1) continue;
      const created = cells.createdAt[index] as number;
      const closed = cells.closedAt[index] as number;
      const isIn = created >= span.start && created < span.end;
      if (!isIn && !(cells.step[index] === DONE && closed >= since && closed < span.end)) continue;
      if (cells.authorKey[index] === 0 && cells.placeKey[index] === 0) continue;
      facts.push(readFacts(columns.idOf(first + index), cells, index, words));
    }
  }
  return repeatsAmong(facts, span);
}
