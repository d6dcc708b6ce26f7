import { html } from '#shared/text/html.ts';
import { topicFigure } from '#shared/report/summary/figure.ts';
import type { DayLine, GroupLine, MunicipalityLine } from '#shared/report/summary/period-report.ts';
import { comparisonRows, type ComparedRow } from './comparison.ts';
import { stretchName } from './period-name.ts';
import { figure, plainTopic, shortDate } from './sheet-text.ts';
import { FILES, FULLER, type TableDeclaration, type TableWords } from './table.ts';
import { notCountedTexts } from './not-counted.ts';

/** The period beside those it is compared with. */
export const comparisonTable: TableDeclaration<ComparedRow> = {
  name: ({ full }) => full.comparison,
  rows: (report, { language }) => comparisonRows(report, language),
  columns: [
    {
      key: 'period',
      header: ({ full }) => full.period,
      value: ({ name }) => name,
      note: ({ compared }) => html` <small>${shortDate(compared.from)}–${shortDate(compared.to)}</small>`,
      format: 'text',
      width: 34,
    },
    // A page says the days in small letters under the name.
    ...(['from', 'to'] as const).map((key) => ({
      key,
      header: ({ full }: TableWords) => full[key],
      value: ({ compared }: ComparedRow) => compared[key],
      format: 'day' as const,
      width: 12,
      in: FILES,
    })),
    ...(['received', 'answered', 'closed', 'solved'] as const).map((key) => ({
      key,
      header: ({ full }: TableWords) => full[key],
      value: ({ compared }: ComparedRow) => compared[key],
      format: 'count' as const,
      width: 12,
    })),
    {
      key: 'mean',
      header: ({ full }) => full.meanWorking,
      value: ({ compared }) => compared.workingMeanMinutes,
      format: 'span',
      width: 24,
    },
    {
      key: 'inTime',
      header: ({ full }) => full.inTime,
      value: ({ compared }) => compared.inTimeShare,
      format: 'share',
      width: 10,
    },
  ],
  notes: notCountedTexts,
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
      in: FULLER,
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
      in: FULLER,
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

/** How many single topics a page in short names. */
const TOP_TOPICS = 4;

/** The topics people wrote about most, whatever their group. */
export const topTopicTable: TableDeclaration<TopicRow> = {
  name: ({ words }) => words.topics,
  rows: (report, words) =>
    topicTable
      .rows(report, words)
      .filter(({ topic }) => topic !== '')
      .toSorted((a, b) => b.count - a.count)
      .slice(0, TOP_TOPICS),
  columns: [
    {
      key: 'topic',
      header: ({ words }) => words.topicsSheet,
      value: ({ topic }) => plainTopic(topic),
      note: ({ group }) => html` <small>${group}</small>`,
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
      in: FULLER,
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
