import { html } from '#shared/text/html.ts';
import { topicFigure } from '#shared/report/summary/figure.ts';
import type { GroupLine } from '#shared/report/summary/period-report.ts';
import { stretchName } from './period-name.ts';
import { figure, plainTopic } from './sheet-text.ts';
import { FULLER, type TableDeclaration } from './table.ts';

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
