import { html, type Html } from '#shared/text/html.ts';
import { topicFigure } from '#shared/report/summary/figure.ts';
import type { Full } from './full-printing.ts';
import type { Mover, PeriodReport } from '#shared/report/summary/period-report.ts';
import { figure, fill, plainTopic, whole } from './sheet-text.ts';
import { tableHtml } from './table-html.ts';
import { tableOf } from './table.ts';
import { groupTable } from './topic-tables.ts';

/** Every group with its commonest topics, what it was before, and the topics that moved most. */
export function groups(report: PeriodReport, all: Full): Html {
  const { full, language } = all;
  const { movers } = report;
  return html`<section>
    <h2>${full.groups}</h2>
    ${tableHtml(tableOf(groupTable, report, language, 'full'), language)}
    ${moved(full.risers, movers.risers, all)} ${moved(full.fallers, movers.fallers, all)}
  </section>`;
}

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
