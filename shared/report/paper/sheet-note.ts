import { html, type Html } from '#shared/text/html.ts';
import { measureTable, overdueTable, promiseTable } from './note-tables.ts';
import { NOTE_WORDS, type NoteWords } from './note-words.ts';
import { periodName } from './period-name.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { topGroups } from './sheet-tables.ts';
import { figure, fill, shortDate, whole, type Printing } from './sheet-text.ts';
import { tableHtml } from './table-html.ts';
import { tableOf } from './table.ts';
import { watchLines } from './watch-lines.ts';

/** A title over the note: «Недельная записка: 17–23 января 2022 г.» */
export const noteTitle = ({ form, period }: PeriodReport, { language }: Pick<Printing, 'language'>): string =>
  `${NOTE_WORDS[language].title[form]}: ${periodName({ form, ...period }, language)}`;

/**
 * Prints the note for the head on Monday: counts and their change, what people wrote about, what is late and
 * promised, what to watch.
 */
export function noteSections(report: PeriodReport, printing: Printing): Html {
  const words = NOTE_WORDS[printing.language];
  const isEmpty = report.received === 0;
  return html`${isEmpty ? html`<p class="line">${words.nothing}</p>` : null} ${counts(report, printing)}
    <div class="two">
      <div>${isEmpty ? null : topGroups(report, printing)}</div>
      <div>${overdue(report, words, printing)}</div>
    </div>
    ${promises(report, words, printing)} ${watch(report, words, printing)}`;
}

function counts(report: PeriodReport, { language }: Printing): Html {
  const table = tableOf(measureTable, report, language, 'short');
  return html`${tableHtml(table, language)} ${table.notes.map((note) => html`<p class="line">${note}</p>`)}`;
}

function overdue(report: PeriodReport, words: NoteWords, { language }: Printing): Html {
  const { overdue: count } = report.ahead;
  const counted = fill(words.overdueLine, { count: figure('overdueNow', count, language) });
  return html`<h2>${words.overdue}</h2>
    <p class="line">${count === 0 ? words.overdueNone : counted}</p>
    ${tableHtml(tableOf(overdueTable, report, language, 'short'), language, { isHeadless: true })}`;
}

function promises(report: PeriodReport, words: NoteWords, { language }: Printing): Html {
  const { to, promised, promises: nearest } = report.ahead;
  const title = fill(words.next, { to: shortDate(to) });
  if (promised === 0)
    return html`<h2>${title}</h2>
      <p class="line">${words.promisesNone}</p>`;
  const [count, shown] = [whole(promised, language), whole(nearest.length, language)];
  const more = html`<p class="line">${fill(words.promisesMore, { count, shown })}</p>`;
  return html`<h2>${title}: ${figure('promised', promised, language)}</h2>
    ${tableHtml(tableOf(promiseTable, report, language, 'short'), language)}
    ${promised > nearest.length ? more : null}`;
}

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
