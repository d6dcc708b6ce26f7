import { localTimeAt } from '#shared/domain/time-zone.ts';
import { formatDuration, type Language } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import type { PeriodReport } from './period-report.ts';
import { SHEET_STYLE } from './sheet-style.ts';
import {
  agencyTable,
  groupTable,
  municipalityTable,
  networkLine,
  outcomeLine,
  topicTable,
} from './sheet-tables.ts';
import { figure, fill, percent, shortDate, signed, whole, type Printing } from './sheet-text.ts';
import { SHEET_WORDS } from './sheet-words.ts';

/**
 * The month on one A4 page, as an article. Used by the console's screen and by `npm run report`, so both print the same.
 * Every figure stands in an element with `data-figure`, by which the console opens the incidents behind it.
 */
export function sheetBody(report: PeriodReport, language: Language): Html {
  const words = SHEET_WORDS[language];
  const printing: Printing = { words, language };
  return html`<article class="sheet" lang="${language}">
    <header>
      <h1>${words.title}: ${monthName(report.period.from, language)}</h1>
      <p>${words.centre}<br />${report.regionName}<br />${fill(words.made, { at: asOf(report) })}</p>
    </header>
    ${report.received === 0 ? html`<p class="none">${words.empty}</p>` : figures(report, printing)}
    <footer class="control">${control(report, printing)}</footer>
  </article>`;
}

/** A whole page that needs nothing else. `fontFace` is CSS that brings the font, '' for the system's. */
export function sheetPage(report: PeriodReport, language: Language, fontFace: string): string {
  const title = `${SHEET_WORDS[language].title}: ${monthName(report.period.from, language)}`;
  const head = html`<meta charset="utf-8" /><title>${title}</title>`.markup;
  return `<!doctype html><html lang="${language}"><head>${head}<style>${fontFace}${SHEET_STYLE}body{margin:0}</style></head><body><main>${sheetBody(report, language).markup}</main></body></html>`;
}

/** «январь 2022 года», «January 2022». */
export function monthName(firstDay: string, language: Language): string {
  const date = new Date(`${firstDay}T00:00:00Z`);
  const month = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(date);
  return language === 'ru' ? `${month} ${date.getUTCFullYear()} года` : `${month} ${date.getUTCFullYear()}`;
}

const asOf = ({ asOf: at, timeZone }: PeriodReport): string => shortDate(localTimeAt(timeZone, at).date);

function figures(report: PeriodReport, printing: Printing): Html {
  return html`${headline(report, printing)}
    <div class="two">
      <div>${groupTable(report, printing)}</div>
      <div>${municipalityTable(report, printing)}</div>
    </div>
    ${networkLine(report, printing)} ${outcomeLine(report, printing)} ${topicTable(report, printing)}
    ${agencyTable(report, printing)}`;
}

function headline(report: PeriodReport, { words, language }: Printing): Html {
  const { firstReply, previous, flow } = report;
  const explained = report.outcomes.find((one) => one.outcome === 'explained')?.count ?? 0;
  const change = previous === null ? null : Math.round((report.received / previous.received - 1) * 100);
  const time = (minutes: number | null): string =>
    minutes === null ? '—' : formatDuration(minutes, language);
  return html`<section class="big">
    <p>
      <b>${figure('received', report.received, language)}</b><span>${words.received}</span>
      ${change === null ? null : html`<span>${signed(change, language)} % ${words.toPrevious}</span>`}
    </p>
    <p>
      <b>${figure('answered', time(firstReply.working.meanMinutes), language)}</b
      ><span>${words.meanWorking}</span>
      <span>${words.workingClock} · ${words.median} ${time(firstReply.working.medianMinutes)}</span>
      <span
        >${words.wallClock} ${time(firstReply.wall.meanMinutes)} · ${words.median}
        ${time(firstReply.wall.medianMinutes)}</span
      >
    </p>
    <p>
      <b>${figure('inTime', percent(firstReply.inTimeShare, language), language)}</b
      ><span>${words.inTime}</span><span>${words.late}: ${figure('late', firstReply.late, language)}</span>
    </p>
    <p>
      <b>${figure('solved', flow.solved, language)}</b><span>${words.solved}</span
      ><span>${words.explained}: ${figure('outcome:explained', explained, language)}</span>
    </p>
  </section>`;
}

function control({ control: c, flow, firstReply }: PeriodReport, { words, language }: Printing): Html {
  const opened = (name: string, value: number): Html => figure(name, value, language);
  const sums = fill(words.controlLine, {
    received: opened('received', c.received),
    rejected: opened('rejected', c.rejected),
    merged: opened('merged', c.merged),
    taken: opened('taken', c.taken),
    takenAgain: whole(c.taken, language),
    finished: opened('finished', c.finished),
    inWork: opened('inWork', c.inWork),
  });
  const done = fill(words.flowLine, {
    closed: opened('closed', flow.closed),
    solved: opened('solved', flow.solved),
    solvedBefore: opened('solvedBefore', flow.solvedFromBefore),
  });
  const carried = fill(words.carriedLine, { carriedOver: opened('carriedOver', flow.carriedOver) });
  const clocks = fill(words.clockLine, {
    answered: opened('answered', firstReply.answered),
    notAnswered: opened('notAnswered', firstReply.notAnswered),
  });
  return html`<p><strong>${words.control}</strong> ${sums}</p>
    <p>${done} ${carried}</p>
    <p>${clocks}</p>`;
}
