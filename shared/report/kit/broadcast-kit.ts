import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { LocalDate } from '#shared/domain/time-zone.ts';
import { deidentified } from '#shared/text/deidentify.ts';
import { shinglesOf, similarity } from '#shared/text/shingles.ts';
import { shortened } from '#shared/text/shortened.ts';
import type { Facts } from '#shared/report/facts/facts.ts';
import { groupOfKey, topicKey } from '#shared/report/facts/past.ts';
import { within, type PeriodForm, type ReportPeriods } from '#shared/report/facts/period.ts';
import type { ReportDirectory } from '#shared/report/summary/period-report.ts';
import { tally } from '#shared/report/facts/statistics.ts';

/** One thing people ask an agency about. */
export interface KitQuestion {
  readonly group: string;
  readonly topic: string;
  readonly count: number;
  /** Where they ask, most first. */
  readonly places: readonly { readonly municipality: string; readonly count: number }[];
  /** In residents' words, without what tells who they are. */
  readonly quotes: readonly string[];
  /** The usual answers of the agency, and in how many of those looked at each stands. */
  readonly answers: readonly { readonly text: string; readonly count: number }[];
}

/** The paper an agency's head takes to a broadcast: the questions it is asked most, without names. */
export interface BroadcastKit {
  readonly region: string;
  readonly regionName: string;
  readonly timeZone: string;
  readonly form: PeriodForm;
  readonly period: { readonly from: LocalDate; readonly to: LocalDate };
  readonly asOf: Instant;
  readonly agency: string;
  readonly agencyName: string;
  readonly received: number;
  readonly questions: readonly KitQuestion[];
  /** Messages on whatever else, each topic rarer than those above. */
  readonly others: number;
}

const TOP_QUESTIONS = 10;
const TOP_PLACES = 3;
const MOST_QUOTES = 3;
const MOST_ANSWERS = 2;
/** As many messages of a topic are read for its words: the newest. */
const READ = 60;
const QUOTE_LETTERS = 260;
/** A message of about this length says what it is about and no more. */
const GOOD_LETTERS = 150;
const ANSWER_LETTERS = 420;
/** From where on two texts say the same. */
const ALIKE = 0.35;

/** A topic of an agency, with the incidents to read for it. */
export interface KitTopic extends Pick<KitQuestion, 'group' | 'topic' | 'count' | 'places'> {
  readonly ids: readonly string[];
}

export interface KitTopics {
  readonly received: number;
  readonly topics: readonly KitTopic[];
}

/** Topics an agency was asked about in a period, the most frequent first. */
export function kitTopics(facts: readonly Facts[], { period }: ReportPeriods, agency: string): KitTopics {
  const own = facts.filter((row) => row.agency === agency && within(row.createdAt, period));
  const named = own.filter(({ topic }) => topic !== '');
  const top = tally(named, ({ group, topic }) => topicKey(group, topic)).slice(0, TOP_QUESTIONS);
  return {
    received: own.length,
    topics: top.map(({ key, count }) => {
      const about = named.filter((row) => topicKey(row.group, row.topic) === key);
      const group = groupOfKey(key);
      return {
        group,
        topic: key.slice(group.length + 1),
        count,
        places: tally(about, (row) => row.municipality)
          .slice(0, TOP_PLACES)
          .map((place) => ({ municipality: place.key, count: place.count })),
        ids: about
          .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
          .slice(0, READ)
          .map(({ id }) => id),
      };
    }),
  };
}

/** Counts texts that say the same, the most frequent first; each by the first of its texts. */
function countAlike(texts: readonly string[]): readonly { readonly text: string; readonly count: number }[] {
  const found: { readonly text: string; readonly print: Uint32Array; count: number }[] = [];
  for (const text of texts) {
    const print = shinglesOf(text);
    const like = found.find((known) => known.text === text || similarity(known.print, print) >= ALIKE);
    if (like === undefined) found.push({ text, print, count: 1 });
    else like.count += 1;
  }
  return found.toSorted((a, b) => b.count - a.count).map(({ text, count }) => ({ text, count }));
}

const nearest = (text: string): number => Math.abs(text.length - GOOD_LETTERS);

/** The words of a topic: a few different questions, and the answers given most often. */
export function kitQuestionOf(
  { ids: _ids, ...topic }: KitTopic,
  incidents: readonly Incident[],
  agency: string,
): KitQuestion {
  const texts = incidents
    .map(({ text, author }) => shortened(deidentified(text, [author.name]), QUOTE_LETTERS))
    .filter((text) => text !== '')
    .toSorted((a, b) => nearest(a) - nearest(b));
  const answers = incidents.flatMap(({ replies, author }) =>
    replies
      .filter((reply) => reply.publishedAt !== null && reply.kind === 'final' && reply.agency === agency)
      .map(({ text }) => shortened(deidentified(text, [author.name]), ANSWER_LETTERS)),
  );
  return {
    ...topic,
    quotes: countAlike(texts)
      .slice(0, MOST_QUOTES)
      .map(({ text }) => text),
    answers: countAlike(answers).slice(0, MOST_ANSWERS),
  };
}

interface KitParts {
  readonly periods: ReportPeriods;
  readonly asOf: Instant;
  readonly agency: string;
  readonly directory: ReportDirectory;
  readonly received: number;
  readonly questions: readonly KitQuestion[];
}

/** See {@link BroadcastKit}. */
export function kitOf({ periods, asOf, agency, directory, received, questions }: KitParts): BroadcastKit {
  const { region, regionName, timeZone } = directory;
  const { from, to } = periods.period;
  return {
    region,
    regionName,
    timeZone,
    form: periods.form,
    period: { from, to },
    asOf,
    agency,
    agencyName: directory.agencyName(agency),
    received,
    questions,
    others: received - questions.reduce((sum, { count }) => sum + count, 0),
  };
}
