import { NO_PICTURES, type Pictures } from '#shared/domain/photo.ts';
import { localTimeAt } from '#shared/domain/time-zone.ts';
import { formatDuration, type Language } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import { fullSections } from './full-sections.ts';
import { issueLines, issueName } from './issue-mark.ts';
import { armsImage, headOf, signatureLine } from './letterhead.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { newsItem } from './news-item.ts';
import { periodName, stretchName } from './period-name.ts';
import { noteSections, noteTitle } from './sheet-note.ts';
import { SHEET_STYLE } from './sheet-style.ts';
import {
  topAgencies,
  topGroups,
  topMunicipalities,
  networkLine,
  outcomeLine,
  topTopics,
} from './sheet-tables.ts';
import { figure, fill, percent, shortDate, signed, whole, type Printing } from './sheet-text.ts';
import { SHEET_WORDS } from './sheet-words.ts';
import { unreadText, withoutCalendarText } from './not-counted.ts';

export const SHEET_SIZES = ['short', 'full', 'note', 'news'] as const;
/**
 * One page for the head of the region, everything the summary knows, a short note of what to watch, or a
 * draft of the news item.
 */
export type SheetSize = (typeof SHEET_SIZES)[number];

/**
 * The month on one A4 page, as an article. Used by the console's screen and by `npm run report`, so both
 * print the same. Every figure stands in an element with `data-figure`, by which the console opens the
 * incidents behind it.
 */
export function sheetBody(
  report: PeriodReport,
  language: Language,
  size: SheetSize,
  pictures: Pictures = NO_PICTURES,
): Html {
  const words = SHEET_WORDS[language];
  const printing: Printing = { words, language, pictures };
  if (size === 'news') return newsBody(report, language);
  return html`<article class="sheet ${size}" lang="${language}">
    <header>
      ${armsImage(report)}
      <h1>${titleOf(report, language, size)}</h1>
      <p>
        ${headOf(report, language)}<br />${report.regionName}<br />${fill(words.made, { at: asOf(report) })}
      </p>
    </header>
    ${
      report.received === 0 && size !== 'note'
        ? html`<p class="none">${words.empty}</p>`
        : figures(report, printing, size)
    }
    <footer class="control">${control(report, printing, size)}</footer>
    ${signatureLine(report)} ${issueLines(report, language)}
  </article>`;
}

/** The draft of the news item, ready to be read over. */
const newsBody = (report: PeriodReport, language: Language): Html => {
  const words = SHEET_WORDS[language];
  return html`<article class="sheet news" lang="ru">
    <header>
      <h1>${SHEET_WORDS.ru.title}</h1>
      <p lang="${language}">${words.draft}</p>
    </header>
    ${
      report.received === 0
        ? html`<p class="none">${words.empty}</p>`
        : newsItem(report).map((paragraph) => html`<p>${paragraph}</p>`)
    }
    ${issueLines(report, language)}
  </article>`;
};

/** A whole page that needs nothing else. `fontFace` is CSS that brings the font, '' for the system's. */
export function sheetPage(
  report: PeriodReport,
  language: Language,
  fontFace: string,
  size: SheetSize,
  pictures: Pictures = NO_PICTURES,
): string {
  const title = titleOf(report, language, size);
  const head = html`<meta charset="utf-8" /><title>${title}</title>`.markup;
  return (
    `<!doctype html><html lang="${language}"><head>${head}` +
    `<style>${fontFace}${SHEET_STYLE}${pageStyle(report, language, size)}body{margin:0}</style></head>` +
    `<body><main>${sheetBody(report, language, size, pictures).markup}</main></body></html>`
  );
}

/** CSS for the head and foot of each page of the full summary; a single page needs neither. */
export function pageStyle(report: PeriodReport, language: Language, size: SheetSize): string {
  if (size !== 'full') return '';
  const quoted = (text: string): string => `"${text.replaceAll(/["\\\n<]/g, ' ')}"`;
  const title = periodName({ form: report.form, ...report.period }, language);
  const { issued, timeZone } = report;
  const issue = issued === undefined ? '' : issueName(issued, timeZone, language);
  const style = 'font:8pt sans-serif;color:#454d56';
  return (
    `@page{margin:17mm 14mm 15mm;@top-left{content:${quoted(report.regionName)};${style}}` +
    `@top-right{content:${quoted(title)};${style}}@bottom-left{content:${quoted(issue)};${style}}` +
    `@bottom-right{content:counter(page) " / " counter(pages);${style}}}`
  );
}

function titleOf(report: PeriodReport, language: Language, size: SheetSize): string {
  if (size === 'note') return noteTitle(report, { language });
  return `${SHEET_WORDS[language].title}: ${periodName({ form: report.form, ...report.period }, language)}`;
}

const asOf = ({ asOf: at, timeZone }: PeriodReport): string => shortDate(localTimeAt(timeZone, at).date);

function figures(report: PeriodReport, printing: Printing, size: SheetSize): Html {
  if (size === 'note') return noteSections(report, printing);
  if (size === 'full')
    return html`${headline(report, printing)} ${networkLine(report, printing)}
    ${fullSections(report, printing)}`;
  return html`${headline(report, printing)}
    <div class="two">
      <div>${topGroups(report, printing)}</div>
      <div>${topMunicipalities(report, printing)}</div>
    </div>
    ${networkLine(report, printing)} ${outcomeLine(report, printing)} ${topTopics(report, printing)}
    ${topAgencies(report, printing)}`;
}

function headline(report: PeriodReport, printing: Printing): Html {
  const { words, language } = printing;
  const { firstReply, previous, compared } = report;
  const change = previous === null ? null : Math.round((report.received / previous.received - 1) * 100);
  const name = compared === null ? '' : stretchName(compared, language);
  const before = compared === null ? words.toPrevious : fill(words.toChosen, { name });
  const notCounted = withoutCalendarText(report, language);
  const unread = unreadText(report, language);
  const time = (minutes: number | null): string =>
    minutes === null ? '—' : formatDuration(minutes, language);
  return html`<section class="big">
    <p>
      <b>${figure('received', report.received, language)}</b><span>${words.received}</span>
      ${unread === null ? null : html`<span>${unread}</span>`}
      ${change === null ? null : html`<span>${signed(change, language)} % ${before}</span>`}
      ${change === null && compared !== null ? html`<span>${fill(words.chosenEmpty, { name })}</span>` : null}
    </p>
    <p>
      <b>${figure('answered', time(firstReply.working.meanMinutes), language)}</b
      ><span>${words.meanWorking}</span>
      <span>${words.workingClock} · ${words.median} ${time(firstReply.working.medianMinutes)}</span>
      ${notCounted === null ? null : html`<span>${notCounted}</span>`}
      <span
        >${words.wallClock} ${time(firstReply.wall.meanMinutes)} · ${words.median}
        ${time(firstReply.wall.medianMinutes)}</span
      >
    </p>
    <p>
      <b>${figure('inTime', percent(firstReply.inTimeShare, language), language)}</b
      ><span>${words.inTime}</span><span>${words.late}: ${figure('late', firstReply.late, language)}</span>
    </p>
    ${workDone(report, printing)}
  </section>`;
}

function workDone({ flow, outcomes }: PeriodReport, { words, language }: Printing): Html {
  const explained = outcomes.find((line) => line.outcome === 'explained')?.count ?? 0;
  const later = flow.enteredLater ?? 0;
  const laterLine = html`<span>${words.enteredLater}: ${figure('enteredLater', later, language)}</span>`;
  return html`<p>
    <b>${figure('solved', flow.solved, language)}</b><span>${words.solved}</span
    ><span>${words.explained}: ${figure('outcome:explained', explained, language)}</span>
    ${later === 0 ? null : laterLine}
  </p>`;
}

function control(
  { control: c, flow, firstReply }: PeriodReport,
  { words, language }: Printing,
  size: SheetSize,
): Html {
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
  const balance = html`<p><strong>${words.control}</strong> ${sums}</p>`;
  if (size === 'note') return balance;
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
  return html`${balance}
    <p>${done} ${carried}</p>
    <p>${clocks}</p>`;
}
