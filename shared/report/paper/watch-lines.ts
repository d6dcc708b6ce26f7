import { formatDuration } from '#shared/text/duration.ts';
import type { Html } from '#shared/text/html.ts';
import { topicFigure } from '#shared/report/summary/figure.ts';
import type { NoteWords } from './note-words.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { figure, fill, percent, plainTopic, shortDate, whole, type Printing } from './sheet-text.ts';

/** From where on something stands out. Below these it is chance. */
const RISERS = 3;
const PEAK_TIMES = 2;
const PEAK_LEAST = 10;
const SLOWER = 1.2;
const SHARE_POINTS = 0.05;
const AGENCY_LEAST = 5;
const AGENCY_LATE = 0.2;
const REPEAT_SHARE = 0.1;
const MOST_AGENCIES = 3;

type LineWriter = (report: PeriodReport, words: NoteWords, printing: Printing) => readonly Html[];

const risers: LineWriter = ({ movers }, words, { language }) =>
  movers.risers.slice(0, RISERS).map(({ group, topic, before, count }) =>
    fill(words.riser, {
      topic: plainTopic(topic),
      before: whole(before, language),
      count: figure(topicFigure(group, topic), count, language),
    }),
  );

const peak: LineWriter = ({ days }, words, { language }) =>
  days
    .filter(
      ({ count, baseline }) =>
        baseline !== null && baseline > 0 && count >= PEAK_LEAST && count >= baseline * PEAK_TIMES,
    )
    .toSorted((a, b) => b.count - a.count)
    .slice(0, 1)
    .map(({ date, count, baseline }) =>
      fill(words.peak, {
        date: shortDate(date),
        count: figure(`day:${date}`, count, language),
        usual: whole(baseline ?? 0, language),
      }),
    );

const speed: LineWriter = ({ firstReply, comparisons: { previous } }, words, { language }) => {
  const now = firstReply.working.meanMinutes;
  const before = previous?.workingMeanMinutes ?? null;
  if (now === null || before === null || before === 0 || now / before < SLOWER) return [];
  const time = (minutes: number): string => formatDuration(minutes, language);
  return [fill(words.slower, { before: time(before), now: figure('answered', time(now), language) })];
};

const inTime: LineWriter = ({ firstReply, comparisons: { previous } }, words, { language }) => {
  const now = firstReply.inTimeShare;
  const before = previous?.inTimeShare ?? null;
  if (now === null || before === null || before - now < SHARE_POINTS) return [];
  return [
    fill(words.lessInTime, {
      before: percent(before, language),
      now: figure('inTime', percent(now, language), language),
    }),
  ];
};

const agencies: LineWriter = ({ agencies: all }, words, { language }) =>
  all
    .filter(({ answered, late }) => answered >= AGENCY_LEAST && late / answered >= AGENCY_LATE)
    .toSorted((a, b) => b.late / b.answered - a.late / a.answered)
    .slice(0, MOST_AGENCIES)
    .map(({ agency, name, late, answered }) =>
      fill(words.agencyLate, {
        agency: name,
        late: figure(`agencyLate:${agency}`, late, language),
        answered: figure(`agencyAnswered:${agency}`, answered, language),
      }),
    );

const repeats: LineWriter = ({ repeats: { count, share } }, words, { language }) =>
  share < REPEAT_SHARE
    ? []
    : [
        fill(words.repeats, {
          count: figure('repeat', count, language),
          share: percent(share, language),
        }),
      ];

const promisesLate: LineWriter = ({ ahead: { promisedLate } }, words, { language }) =>
  promisedLate === 0 ? [] : [fill(words.promisesLate, { count: whole(promisedLate, language) })];

/**
 * Lines a person should look at first: whatever stands out from the period before, or from the usual. None
 * when nothing does.
 */
export const watchLines: LineWriter = (...context) =>
  [promisesLate, risers, peak, inTime, speed, agencies, repeats].flatMap((say) => say(...context));
