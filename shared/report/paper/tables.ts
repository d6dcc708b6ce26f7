import { html } from '#shared/text/html.ts';
import { topicFigure } from '#shared/report/summary/figure.ts';
import type { Compared, DayLine, GroupLine, MunicipalityLine } from '#shared/report/summary/period-report.ts';
import { comparisonRows } from './comparison.ts';
import { stretchName } from './period-name.ts';
import { figure, plainTopic, shortDate } from './sheet-text.ts';
import type { TableDeclaration } from './table.ts';
import { withoutCalendarText } from './without-calendar.ts';

interface ComparedRow {
  readonly name: string;
  readonly one: Compared;
}

/** The period beside those it is compared with. */
export const comparisonTable: TableDeclaration<ComparedRow> = {
  name: ({ full }) => full.comparison,
  rows: (report, { language }) => comparisonRows(report, language),
  columns: [
    {
      key: 'period',
      header: ({ full }) => full.period,
      value: ({ name }) => name,
      note: ({ one }) => html` <small>${shortDate(one.from)}–${shortDate(one.to)}</small>`,
      format: 'text',
      width: 34,
    },
    { key: 'from', header: ({ full }) => full.from, value: ({ one }) => one.from, format: 'day', width: 12 },
    { key: 'to', header: ({ full }) => full.to, value: ({ one }) => one.to, format: 'day', width: 12 },
    ...(['received', 'answered', 'closed', 'solved'] as const).map((key) => ({
      key,
      header: ({ full }: { readonly full: Readonly<Record<typeof key, string>> }) => full[key],
      value: ({ one }: ComparedRow) => one[key],
      format: 'count' as const,
      width: 12,
    })),
    {
      key: 'mean',
      header: ({ full }) => full.meanWorking,
      value: ({ one }) => one.workingMeanMinutes,
      format: 'span',
      width: 24,
    },
    {
      key: 'inTime',
      header: ({ full }) => full.inTime,
      value: ({ one }) => one.inTimeShare,
      format: 'share',
      width: 10,
    },
  ],
  notes: (report, language) => {
    const notCounted = withoutCalendarText(report, language);
    return notCounted === null ? [] : [notCounted];
  },
};

/** Topics named under each group on a page. */
const TOPICS = 3;

export const groupTable: TableDeclaration<GroupLine> = {
  name: ({ words }) => words.whatAbout,
  rows: ({ groups }) => groups,
  columns: [
    {
      key: 'group',
      header: ({ words }) => words.group,
      value: ({ group }, { words }) => group || words.unnamed,
      format: 'text',
      width: 46,
      note: ({ group, topics }, { language }) =>
        html`<br /><small
            >${topics
              .filter(({ topic }) => topic !== '')
              .slice(0, TOPICS)
              .map(
                ({ topic, count }, index) =>
                  html`${index === 0 ? '' : ', '}${plainTopic(topic)}
                  ${figure(topicFigure(group, topic), count, language)}`,
              )}</small
          >`,
    },
    {
      key: 'count',
      header: ({ words }) => words.count,
      value: ({ count }) => count,
      format: 'count',
      width: 14,
      figure: ({ group }) => `group:${group}`,
      isSummed: true,
    },
    {
      key: 'share',
      header: ({ words }) => words.share,
      value: ({ share }) => share,
      format: 'share',
      width: 10,
      shareOf: 'count',
    },
    {
      key: 'previous',
      header: ({ full, language }, { compared }) =>
        compared === null ? full.previousShort : stretchName(compared, language),
      value: ({ previous }) => previous,
      format: 'count',
      width: 14,
      isThere: ({ previous }) => previous !== null,
    },
    {
      key: 'change',
      header: ({ words }) => words.change,
      value: ({ change }) => change,
      format: 'change',
      width: 10,
      isThere: ({ previous }) => previous !== null,
    },
    {
      key: 'yearAgo',
      header: ({ full }) => full.yearAgoShort,
      value: ({ yearAgo }) => yearAgo,
      format: 'count',
      width: 14,
      isThere: ({ comparisons }) => comparisons.yearAgo !== null,
    },
  ],
};

interface TopicRow {
  readonly group: string;
  readonly topic: string;
  readonly count: number;
}

export const topicTable: TableDeclaration<TopicRow> = {
  name: ({ words }) => words.topicsSheet,
  rows: ({ groups }) => groups.flatMap(({ group, topics }) => topics.map((line) => ({ group, ...line }))),
  columns: [
    {
      key: 'group',
      header: ({ words }) => words.group,
      value: ({ group }, { words }) => group || words.unnamed,
      format: 'text',
      width: 30,
    },
    {
      key: 'topic',
      header: ({ words }) => words.topicsSheet,
      value: ({ topic }, { words }) => plainTopic(topic) || words.unnamed,
      format: 'text',
      width: 70,
    },
    {
      key: 'count',
      header: ({ words }) => words.count,
      value: ({ count }) => count,
      format: 'count',
      width: 12,
      figure: ({ group, topic }) => topicFigure(group, topic),
      isSummed: true,
    },
  ],
};

export const municipalityTable: TableDeclaration<MunicipalityLine & { readonly share: number }> = {
  name: ({ words }) => words.whereFrom,
  rows: ({ municipalities, received }) =>
    municipalities.map((line) => ({ ...line, share: received === 0 ? 0 : line.count / received })),
  columns: [
    {
      key: 'municipality',
      header: ({ words }) => words.municipality,
      value: ({ municipality }, { words }) => municipality || words.unnamed,
      format: 'text',
      width: 46,
    },
    {
      key: 'count',
      header: ({ words }) => words.count,
      value: ({ count }) => count,
      format: 'count',
      width: 14,
      figure: ({ municipality }) => `municipality:${municipality}`,
      isSummed: true,
    },
    {
      key: 'share',
      header: ({ words }) => words.share,
      value: ({ share }) => share,
      format: 'share',
      width: 10,
      shareOf: 'count',
    },
    {
      key: 'perThousand',
      header: ({ words }) => words.perThousand,
      value: ({ perThousand }) => perThousand,
      format: 'rate',
      width: 18,
    },
  ],
};

export const dayTable: TableDeclaration<DayLine> = {
  name: ({ full }) => full.days,
  rows: ({ days }) => days,
  columns: [
    { key: 'date', header: ({ full }) => full.when, value: ({ date }) => date, format: 'day', width: 14 },
    {
      key: 'count',
      header: ({ words }) => words.count,
      value: ({ count }) => count,
      format: 'count',
      width: 14,
      figure: ({ date }) => `day:${date}`,
      isSummed: true,
    },
    {
      key: 'usual',
      header: ({ full }) => full.usual,
      value: ({ baseline }) => baseline,
      format: 'count',
      width: 18,
    },
  ],
};
