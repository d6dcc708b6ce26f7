import { localTimeAt } from '#shared/domain/time-zone.ts';
import { formatDuration } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import { head, time, type Full } from './full-printing.ts';
import type { AgencyLine, PeriodReport } from '#shared/report/summary/period-report.ts';
import { figure, percent, plainTopic, shortDate, whole } from './sheet-text.ts';

export function agencies({ agencies: lines }: PeriodReport, all: Full): Html {
  const { full, words } = all;
  return html`<section>
    <h2>${full.agencies}</h2>
    <table class="dense">
      ${head([
        words.agency,
        words.got,
        full.unanswered,
        words.mean,
        words.median,
        full.wall,
        full.inTime,
        full.late,
        full.deferred,
        full.returns,
        full.repeats,
        full.approval,
        full.promises,
      ])}
      <tbody>
        ${lines.map((one) => agencyRow(one, all))}
      </tbody>
    </table>
  </section>`;
}

function agencyRow(one: AgencyLine, { language }: Full): Html {
  const opened = (name: string, value: number): Html =>
    value === 0 ? html`0` : figure(`${name}:${one.agency}`, value, language);
  return html`<tr>
    <th scope="row">${one.name}</th>
    <td>${opened('agency', one.count)}</td>
    <td>${opened('agencyUnanswered', one.unanswered)}</td>
    <td>${time(one.working.meanMinutes, language)}</td>
    <td>${time(one.working.medianMinutes, language)}</td>
    <td>${time(one.wall.meanMinutes, language)}</td>
    <td>${percent(one.inTimeShare, language)}</td>
    <td>${opened('agencyLate', one.late)}</td>
    <td>${opened('agencyDeferred', one.deferred)}</td>
    <td>${whole(one.returns, language)}</td>
    <td>${opened('agencyRepeat', one.repeats)}</td>
    <td>${time(one.approvalMeanMinutes, language)}</td>
    <td>${whole(one.promisesKept, language)}/${whole(one.promisesBroken, language)}</td>
  </tr>`;
}

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
