import { html, type Html } from '#shared/text/html.ts';
import { topicFigure } from '#shared/report/summary/figure.ts';
import { head, type Full } from './full-printing.ts';
import { stretchName } from './period-name.ts';
import type { GroupLine, Mover, PeriodReport } from '#shared/report/summary/period-report.ts';
import { figure, fill, percent, plainTopic, signed, whole } from './sheet-text.ts';

/** Topics named under each group. */
const TOPICS = 3;

/** Every group with its commonest topics, what it was before, and the topics that moved most. */
export function groups(report: PeriodReport, all: Full): Html {
  const { full, words, language } = all;
  const { groups: lines, movers, previous, compared, comparisons } = report;
  const before = compared === null ? full.previousShort : stretchName(compared, language);
  return html`<section>
    <h2>${full.groups}</h2>
    <table>
      ${head([
        words.group,
        words.count,
        words.share,
        ...(previous === null ? [] : [before, words.change]),
        ...(comparisons.yearAgo === null ? [] : [full.yearAgoShort]),
      ])}
      <tbody>
        ${lines.map((one) => groupRow(one, report, all))}
      </tbody>
    </table>
    ${moved(full.risers, movers.risers, all)} ${moved(full.fallers, movers.fallers, all)}
  </section>`;
}

function groupRow(one: GroupLine, { previous, comparisons }: PeriodReport, { words, language }: Full): Html {
  const known = (value: number | null): string => (value === null ? '—' : whole(value, language));
  const before = html`<td>${known(one.previous)}</td>
    <td>${one.change === null ? '' : signed(one.change, language)}</td>`;
  return html`<tr>
    <th scope="row">${one.group || words.unnamed}<br /><small>${topicsOf(one, language)}</small></th>
    <td>${figure(`group:${one.group}`, one.count, language)}</td>
    <td>${percent(one.share, language)}</td>
    ${previous === null ? null : before}
    ${comparisons.yearAgo === null ? null : html`<td>${known(one.yearAgo)}</td>`}
  </tr>`;
}

const topicsOf = ({ group, topics }: GroupLine, language: Full['language']): readonly Html[] =>
  topics
    .filter(({ topic }) => topic !== '')
    .slice(0, TOPICS)
    .map(
      ({ topic, count }, index) =>
        html`${index === 0 ? '' : ', '}${plainTopic(topic)}
        ${figure(topicFigure(group, topic), count, language)}`,
    );

const moved = (title: string, movers: readonly Mover[], { full, language }: Full): Html =>
  movers.length === 0
    ? html``
    : html`<p class="line">
        <strong>${title}</strong> ${movers.map(
          ({ group, topic, before, count }, index) =>
            html`${index === 0 ? '' : ' · '}${plainTopic(topic)}
            ${fill(full.movement, {
              before: whole(before, language),
              count: figure(topicFigure(group, topic), count, language),
            })}`,
        )}
      </p>`;
