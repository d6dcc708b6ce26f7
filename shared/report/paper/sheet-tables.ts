import { html, type Html } from '#shared/text/html.ts';
import { TOP_AGENCIES, TOP_GROUPS, TOP_MUNICIPALITIES } from '#shared/report/summary/figure.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { agencyTable } from './agency-table.ts';
import { figure, percent, type Printing } from './sheet-text.ts';
import { tableHtml } from './table-html.ts';
import { tableOf, type PaperTable } from './table.ts';
import { municipalityTable } from './municipality-table.ts';
import { groupTable, topTopicTable } from './topic-tables.ts';

const sum = (lines: readonly { readonly count: number }[]): number =>
  lines.reduce((total, { count }) => total + count, 0);

/** The most frequent groups and the rest in one line. */
export function topGroups(report: PeriodReport, { words, language }: Printing): Html {
  const table = tableOf(groupTable, report, language, 'short');
  const rest = report.groups.slice(TOP_GROUPS);
  const count = sum(rest);
  const others = {
    group: { value: `${words.otherGroups} (${rest.length})` },
    count: { value: count, figure: 'otherGroups' },
    share: { value: count / report.received },
    change: { value: rest.reduce((total, { change }) => total + (change ?? 0), 0) },
  };
  return html`<h2>${words.whatAbout}</h2>
    ${tableHtml(topOf(table, TOP_GROUPS), language, {
      barOf: 'count',
      rest: rest.length === 0 ? null : others,
    })}`;
}

/**
 * The first rows of a table, without what is said under their names: a page in short has no room for that.
 */
const topOf = (table: PaperTable, count: number): PaperTable => ({
  ...table,
  rows: table.rows.slice(0, count).map((row) => row.map((cell) => ({ ...cell, note: undefined }))),
});

/** The single topics people wrote about most, whatever their group. */
export function topTopics(report: PeriodReport, { words, language }: Printing): Html {
  const table = tableOf(topTopicTable, report, language, 'short');
  return table.rows.length === 0
    ? html``
    : html`<h2>${words.topics}</h2>
        ${tableHtml(table, language, { isHeadless: true })}`;
}

/** Where the messages come from, with the rate per thousand residents. */
export function topMunicipalities(report: PeriodReport, { words, language }: Printing): Html {
  const table = tableOf(municipalityTable, report, language, 'short');
  const rest = report.municipalities.slice(TOP_MUNICIPALITIES);
  const others = {
    municipality: { value: `${words.otherMunicipalities} (${rest.length})` },
    count: { value: sum(rest), figure: 'otherMunicipalities' },
  };
  return html`<h2>${words.whereFrom}</h2>
    ${tableHtml(topOf(table, TOP_MUNICIPALITIES), language, { rest: rest.length === 0 ? null : others })}`;
}

/** On which networks people wrote, in one line. */
export function networkLine({ networks }: PeriodReport, { words, language }: Printing): Html {
  const parts = networks.map(
    ({ network, count, share }) =>
      html`${words.network[network] ?? network} ${figure(`network:${network}`, count, language)}
      (${percent(share, language)})`,
  );
  return line(words.networks, parts);
}

/** Outcomes of the messages received, in one line. */
export function outcomeLine({ outcomes }: PeriodReport, { words, language }: Printing): Html {
  const parts = outcomes.map(
    ({ outcome, count }) =>
      html`${words.outcome[outcome] ?? outcome} ${figure(`outcome:${outcome}`, count, language)}`,
  );
  return parts.length === 0 ? html`` : line(words.outcomes, parts);
}

const line = (title: string, parts: readonly Html[]): Html =>
  html`<p class="line">
    <strong>${title}</strong> ${parts.map((part, index) => html`${index === 0 ? '' : ' · '}${part}`)}
  </p>`;

/** Who answered, how soon and how often in time. */
export function topAgencies(report: PeriodReport, { words, language }: Printing): Html {
  const table = tableOf(agencyTable, report, language, 'short');
  const rest = report.agencies.slice(TOP_AGENCIES);
  const others = {
    agency: { value: `${words.otherAgencies} (${rest.length})` },
    count: { value: sum(rest), figure: 'otherAgencies' },
    returns: { value: rest.reduce((total, { returns }) => total + returns, 0) },
  };
  return html`<h2>${words.whoAnswered}</h2>
    ${tableHtml(topOf(table, TOP_AGENCIES), language, { rest: rest.length === 0 ? null : others })}`;
}
