import { localTimeAt } from '#shared/domain/time-zone.ts';
import { formatDuration } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import { head, time, type Full } from './full-printing.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { AGENCY_PAGE, agencyTable } from './agency-table.ts';
import { figure, plainTopic, shortDate } from './sheet-text.ts';
import { tableHtml } from './table-html.ts';
import { tableOf } from './table.ts';

export const agencies = (report: PeriodReport, { full, language }: Full): Html =>
  html`<section>
    <h2>${full.agencies}</h2>
    ${tableHtml(tableOf(agencyTable, report, language, AGENCY_PAGE), language, { isDense: true })}
  </section>`;

export function rating({ rating: { minimum, lines } }: PeriodReport, { full, words, language }: Full): Html {
  const decimal = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const [first] = lines;
  if (first === undefined) return html``;
  return html`<section>
    <h2>${full.rating}</h2>
    <p><small>${full.ratingNote.replace('{minimum}', String(minimum))}</small></p>
    <table class="dense">
      ${head([
        words.agency,
        full.place,
        full.points,
        ...first.parts.map(({ measure, max }) => `${full.measures[measure] ?? measure} (${max})`),
      ])}
      <tbody>
        ${lines.map(
          (one) =>
            html`<tr>
              <th scope="row">${one.name}</th>
              <td>${one.place ?? '—'}</td>
              <td>${one.points === null ? full.tooFew : decimal.format(one.points)}</td>
              ${one.parts.map(({ points }) => html`<td>${one.points === null || points === null ? '—' : decimal.format(points)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

export function longest({ longest: waits, timeZone }: PeriodReport, { full, words, language }: Full): Html {
  if (waits.length === 0) return html``;
  return html`<section class="whole">
    <h2>${full.longest}</h2>
    <table class="dense">
      ${head([words.group, full.number, full.when, full.working, full.wall, words.agency])}
      <tbody>
        ${waits.map((one) => {
          const { date, msOfDay } = localTimeAt(timeZone, one.createdAt);
          const minutes = Math.floor(msOfDay / 60_000);
          const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
          return html`<tr>
            <th scope="row">
              ${plainTopic(one.topic) || one.group || words.unnamed} <small>${one.municipality}</small>
            </th>
            <td>${figure(`longest:${one.id}`, one.number === null ? '—' : String(one.number), language)}</td>
            <td>${shortDate(date)} ${clock}</td>
            <td>${time(one.workingMinutes, language)}</td>
            <td>${formatDuration(one.wallMinutes, language, { days: true })}</td>
            <td>${one.agencyName}${one.isAnswered ? '' : html` <small>${full.waiting}</small>`}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </section>`;
}
