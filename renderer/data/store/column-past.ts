import { STEP_NAMES } from '#shared/domain/step.ts';
import type { DayBook } from '#shared/report/facts/day-book.ts';
import type { Facts } from '#shared/report/facts/facts.ts';
import { topicKey, type Past } from '#shared/report/facts/past.ts';
import { within, type Period } from '#shared/report/facts/period.ts';
import { closingsBefore, RepeatFinder, type Question } from '#shared/report/facts/repeats.ts';
import { isTakenAt, type OutOfWork } from '#shared/report/facts/endings.ts';
import { isFinished } from '#shared/report/facts/steps.ts';
import { countRows } from './count-rows.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import { pastEndingsAt, type FactCells } from './fact-cells.ts';
import { rowsBetween } from './rows-between.ts';

const FINISHED = STEP_NAMES.map((step) => isFinished({ step }));
/** More words than a dictionary of a region will ever have. */
const WORDS = 2 ** 26;

/**
 * Answers from the sums by day and the columns: the part of a summary that lies outside its period's
 * messages.
 */
export function columnPast(store: IncidentStore, zone: string, book: DayBook): Past {
  return {
    totals: (period) => book.totals(period),
    carried: (period) => book.carried(period),
    days: (period) => book.days(period),
    topics: ({ start, end }) =>
      new Map(
        countRows(store, zone, start, end, ['group', 'topic']).map(
          ({ key: [group = '', topic = ''], count }) => [topicKey(group, topic), count],
        ),
      ),
    repeats: (received, period) => repeats(store, received, period),
  };
}

function repeats(store: IncidentStore, received: readonly Facts[], period: Period): ReadonlySet<Facts> {
  const finder = new RepeatFinder<number, Facts>();
  const codeOf = (word: string): number => store.words.find(word) ?? 0;
  for (const facts of received) {
    if (!isTakenAt(facts, period.end)) continue;
    const { authorKey, placeKey } = facts;
    const topic = topicOf(codeOf(facts.group), codeOf(facts.topic));
    finder.ask(facts, { topic, authorKey, placeKey }, facts.createdAt);
  }
  eachClosing(store, closingsBefore(period), (cells, index, closing) =>
    finder.close(questionOf(cells, index), closing),
  );
  return new Set(finder.repeats());
}

/**
 * Calls `visit` with every closing in [start, end), those that were come back from too: their incidents came
 * before they were closed, whenever they were closed again.
 */
function eachClosing(
  store: IncidentStore,
  { start, end }: Pick<Period, 'start' | 'end'>,
  visit: (cells: FactCells, index: number, closing: OutOfWork) => void,
): void {
  rowsBetween(store, 'closedAt', { start, end }, ({ cells }, index) => {
    if (FINISHED[cells.step[index] as number] === true)
      visit(cells, index, { closedAt: cells.closedAt[index] as number, reopenedAt: null });
  });
  rowsBetween(store, 'createdAt', { start: -Infinity, end }, ({ cells }, index) => {
    if (cells.endings[index] === 0) return;
    for (const ending of pastEndingsAt(cells, index, store.words))
      if (isFinished(ending) && within(ending.closedAt, { start, end })) visit(cells, index, ending);
  });
}

/** Codes stand for the words: topics are the same when theirs and their groups' are. */
const topicOf = (group: number, topic: number): number | null => (topic === 0 ? null : group * WORDS + topic);

function questionOf(cells: FactCells, index: number): Question<number> {
  return {
    topic: topicOf(cells.group[index] as number, cells.topic[index] as number),
    authorKey: cells.authorKey[index] as number,
    placeKey: cells.placeKey[index] as number,
  };
}
