import { formatDuration } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import type { PromiseAhead } from '#shared/report/summary/ahead.ts';
import { comparisonRows } from './comparison.ts';
import { head } from './full-printing.ts';
import { FULL_WORDS } from './full-words.ts';
import { NOTE_WORDS, type NoteWords } from './note-words.ts';
import { periodName } from './period-name.ts';
import type { Compared, PeriodReport } from '#shared/report/summary/period-report.ts';
import { topGroups } from './sheet-tables.ts';
import { figure, fill, percent, plainTopic, shortDate, signed, whole, type Printing } from './sheet-text.ts';
import { watchLines } from './watch-lines.ts';
import { withoutCalendarText } from './without-calendar.ts';

/** How many agencies with overdue replies are named. */
const MOST_AGENCIES = 5;

/** A title over the note: «Недельная записка: 17–23 января 2022 г.» */
export const noteTitle = ({ form, period }: PeriodReport, { language }: Pick<Printing, 'language'>): string =>
  `${NOTE_WORDS[language].title[form]}: ${periodName({ form, ...period }, language)}`;

/**
 * What goes to the head on Monday: counts and their change, what people wrote about, what is late and
 * promised, what to watch.
 */
export function noteSections(report: PeriodReport, printing: Printing): Html {
  const words = NOTE_WORDS[printing.language];
  const isEmpty = report.received === 0;
  return html`${isEmpty ? html`<p class="line">${words.nothing}</p>` : null}
    ${counts(report, words, printing)}
    <div class="two">
      <div>${isEmpty ? null : topGroups(report, printing)}</div>
      <div>${overdue(report, words, printing)}</div>
    </div>
    ${promises(report, words, printing)} ${watch(report, words, printing)}`;
}

function counts(report: PeriodReport, words: NoteWords, { language }: Printing): Html {
  const [ours] = comparisonRows(report, language);
  const { previous, yearAgo } = report.comparisons;
  const full = FULL_WORDS[language];
  const notCounted = withoutCalendarText(report, language);
  if (ours === undefined) return html``;
  const number = (name: string, title: string, of: (one: Compared) => number): Html =>
    row(title, figure(name, of(ours.one), language), [
      cell(previous, (one) => whole(of(one), language)),
      cell(previous, (one) => signed(of(ours.one) - of(one), language)),
      cell(yearAgo, (one) => whole(of(one), language)),
    ]);
  const time = (minutes: number | null): string =>
    minutes === null ? '—' : formatDuration(minutes, language);
  return html`<table>
      ${head([words.measure, words.now, words.previous[report.form], words.change, full.yearAgo])}
      <tbody>
        ${number('received', full.received, (one) => one.received)}
        ${number('answered', full.answered, (one) => one.answered)}
        ${number('closed', full.closed, (one) => one.closed)}
        ${number('solved', full.solved, (one) => one.solved)}
        ${row(words.mean, figure('answered', time(ours.one.workingMeanMinutes), language), [
          cell(previous, (one) => time(one.workingMeanMinutes)),
          cell(previous, (one) => timeChange(ours.one, one, language)),
          cell(yearAgo, (one) => time(one.workingMeanMinutes)),
        ])}
        ${row(words.inTime, figure('inTime', percent(ours.one.inTimeShare, language), language), [
          cell(previous, (one) => percent(one.inTimeShare, language)),
          cell(previous, (one) => shareChange(ours.one, one, words, language)),
          cell(yearAgo, (one) => percent(one.inTimeShare, language)),
        ])}
      </tbody>
    </table>
    ${notCounted === null ? null : html`<p class="line">${notCounted}</p>`}`;
}

const cell = (one: Compared | null, say: (one: Compared) => string): string =>
  one === null ? '—' : say(one);

const row = (title: string, value: Html, cells: readonly string[]): Html =>
  html`<tr>
    <th scope="row">${title}</th>
    <td><strong>${value}</strong></td>
    ${cells.map((text) => html`<td>${text}</td>`)}
  </tr>`;

function timeChange(ours: Compared, before: Compared, language: Printing['language']): string {
  if (ours.workingMeanMinutes === null || before.workingMeanMinutes === null) return '—';
  const change = Math.round(ours.workingMeanMinutes) - Math.round(before.workingMeanMinutes);
  const sign = change > 0 ? '+' : change < 0 ? '\u2212' : '';
  return `${sign}${formatDuration(Math.abs(change), language)}`;
}

function shareChange(
  ours: Compared,
  before: Compared,
  words: NoteWords,
  language: Printing['language'],
): string {
  if (ours.inTimeShare === null || before.inTimeShare === null) return '—';
  const change = Math.round(ours.inTimeShare * 100) - Math.round(before.inTimeShare * 100);
  return words.points.replace('{change}', signed(change, language));
}

function overdue({ ahead }: PeriodReport, words: NoteWords, { language }: Printing): Html {
  const named = ahead.overdueAgencies.slice(0, MOST_AGENCIES);
  return html`<h2>${words.overdue}</h2>
    <p class="line">
      ${
        ahead.overdue === 0
          ? words.overdueNone
          : fill(words.overdueLine, { count: figure('overdueNow', ahead.overdue, language) })
      }
    </p>
    <table>
      <tbody>
        ${named.map(
          ({ name, count }) =>
            html`<tr>
              <th scope="row">${name || words.nobody}</th>
              <td>${whole(count, language)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function promises({ ahead }: PeriodReport, words: NoteWords, { language }: Printing): Html {
  const { to, promised, promises: lines } = ahead;
  const title = fill(words.next, { to: shortDate(to) });
  if (promised === 0)
    return html`<h2>${title}</h2>
      <p class="line">${words.promisesNone}</p>`;
  return html`<h2>${title}: ${figure('promised', promised, language)}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">${words.day}</th>
          <th scope="col">${words.number}</th>
          <th scope="col" class="text">${words.about}</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map((one) => promiseRow(one, words))}
      </tbody>
    </table>
    ${
      promised > lines.length
        ? html`<p class="line">
            ${fill(words.promisesMore, {
              count: whole(promised, language),
              shown: whole(lines.length, language),
            })}
          </p>`
        : null
    }`;
}

const promiseRow = (one: PromiseAhead, words: NoteWords): Html =>
  html`<tr>
    <th scope="row">${shortDate(one.date)}${one.isLate ? html` <small>${words.late}</small>` : null}</th>
    <td>${one.number === null ? '—' : String(one.number)}</td>
    <td class="text">
      ${[plainTopic(one.topic) || one.group, one.municipality, one.agencyName]
        .filter((part) => part !== '')
        .join(' · ')}
    </td>
  </tr>`;

function watch(report: PeriodReport, words: NoteWords, printing: Printing): Html {
  const lines = watchLines(report, words, printing);
  return html`<h2>${words.watch}</h2>
    ${
      lines.length === 0
        ? html`<p class="line">${words.watchNone}</p>`
        : html`<ul class="watch">
            ${lines.map((line) => html`<li>${line}</li>`)}
          </ul>`
    }`;
}
