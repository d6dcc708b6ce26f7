import { html, type Html } from '#shared/text/html.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { agencyTable } from './agency-table.ts';
import { waitTable } from './clock-tables.ts';
import type { Full } from './full-printing.ts';
import { ratingTable } from './rating-table.ts';
import { tableHtml } from './table-html.ts';
import { tableOf } from './table.ts';

const DENSE = { isDense: true } as const;

export const agencies = (report: PeriodReport, { full, language }: Full): Html =>
  html`<section>
    <h2>${full.agencies}</h2>
    ${tableHtml(tableOf(agencyTable, report, language, 'full'), language, DENSE)}
  </section>`;

export function rating(report: PeriodReport, { language }: Full): Html {
  if (report.rating.lines.length === 0) return html``;
  const table = tableOf(ratingTable, report, language, 'full');
  return html`<section>
    <h2>${table.name}</h2>
    ${table.notes.map((note) => html`<p><small>${note}</small></p>`)} ${tableHtml(table, language, DENSE)}
  </section>`;
}

export function longest(report: PeriodReport, { language }: Full): Html {
  if (report.longest.length === 0) return html``;
  const table = tableOf(waitTable, report, language, 'full');
  return html`<section class="whole">
    <h2>${table.name}</h2>
    ${tableHtml(table, language, DENSE)}
  </section>`;
}
