import type { Minutes } from '#shared/domain/instant.ts';
import { formatDuration, type Language } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import { TOP_GROUPS } from './figure.ts';
import type { MonthReport } from './month.ts';
import { SHEET_STYLE } from './sheet-style.ts';
import { SHEET_WORDS, type SheetWords } from './sheet-words.ts';

/** How many agencies fit the page. */
const TOP_AGENCIES = 8;

interface Printing {
  readonly words: SheetWords;
  readonly language: Language;
}

/**
 * The month on one A4 page, as the inside of a `<main>`. Used by the console's screen and by `npm run report`, so both print the same.
 * Every figure carries `data-figure`, by which the console opens the incidents behind it.
 */
export function sheetBody(report: MonthReport, language: Language): Html {
  const printing: Printing = { words: SHEET_WORDS[language], language };
  const { words } = printing;
  return html`<main class="sheet" lang="${language}">
    <header>
      <h1>${words.title}: ${monthName(report.period.from, language)}</h1>
      <p>${words.centre}<br />${report.regionName}</p>
    </header>
    ${report.received === 0 ? html`<p class="none">${words.empty}</p>` : figures(report, printing)}
    <footer class="control">
      <p>
        <strong>${words.control}</strong> ${words.controlLine(report.control)} ${words.flowLine(report.flow)}
      </p>
      <p>${words.clockLine(report.firstReply.answered, report.firstReply.notAnswered)}</p>
    </footer>
  </main>`;
}

/** A whole page that needs nothing else. `fontFace` is CSS that brings the font, '' for the system's. */
export function sheetPage(report: MonthReport, language: Language, fontFace: string): string {
  const title = `${SHEET_WORDS[language].title}: ${monthName(report.period.from, language)}`;
  const head = html`<meta charset="utf-8" /><title>${title}</title>`.markup;
  return `<!doctype html><html lang="${language}"><head>${head}<style>${fontFace}${SHEET_STYLE}</style></head><body>${sheetBody(report, language).markup}</body></html>`;
}

/** «январь 2022 года», «January 2022». */
export function monthName(firstDay: string, language: Language): string {
  const date = new Date(`${firstDay}T00:00:00Z`);
  const month = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(date);
  return language === 'ru' ? `${month} ${date.getUTCFullYear()} года` : `${month} ${date.getUTCFullYear()}`;
}

function figures(report: MonthReport, printing: Printing): Html {
  return html`${headline(report, printing)}
    <div class="two">
      <div>${groups(report, printing)}</div>
      <div>${municipalities(report, printing)}${networks(report, printing)}</div>
    </div>
    ${agencies(report, printing)}`;
}

const percent = (part: number | null, language: Language): string =>
  part === null
    ? '—'
    : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(part);

const signed = (value: number, language: Language): string =>
  new Intl.NumberFormat(language, { signDisplay: 'exceptZero' }).format(value);

const duration = (minutes: Minutes | null, language: Language): string =>
  minutes === null ? '—' : formatDuration(minutes, language);

function headline(report: MonthReport, { words, language }: Printing): Html {
  const { firstReply, previous } = report;
  const explained = report.outcomes.find((one) => one.outcome === 'explained')?.count ?? 0;
  const change = previous === null ? null : report.received / previous.received - 1;
  return html`<section class="big">
    <p data-figure="received">
      <b>${report.received}</b><span>${words.received}</span>
      ${change === null ? null : html`<span>${signed(Math.round(change * 100), language)} % ${words.toPrevious}</span>`}
    </p>
    <p data-figure="answered">
      <b>${duration(firstReply.working.meanMinutes, language)}</b><span>${words.meanWorking}</span>
      <span>${words.median} ${duration(firstReply.working.medianMinutes, language)}</span>
      <span
        >${words.wallClock}: ${duration(firstReply.wall.meanMinutes, language)}, ${words.median}
        ${duration(firstReply.wall.medianMinutes, language)}</span
      >
    </p>
    <p data-figure="late">
      <b>${percent(firstReply.inTimeShare, language)}</b><span>${words.inTime}</span
      ><span>${words.late}: ${firstReply.late}</span>
    </p>
    <p data-figure="solved">
      <b>${report.flow.solved}</b><span>${words.solved}</span><span>${words.explained}: ${explained}</span>
    </p>
  </section>`;
}

function groups(report: MonthReport, { words, language }: Printing): Html {
  const top = report.groups.slice(0, TOP_GROUPS);
  const rest = report.groups.slice(TOP_GROUPS);
  const most = top[0]?.count ?? 1;
  const others = rest.reduce((sum, one) => sum + one.count, 0);
  const row = (
    name: string,
    count: number,
    part: number,
    change: number | null,
    figure: string,
    bar: boolean,
  ): Html =>
    html`<tr data-figure="${figure}">
      <td class="bar">${bar ? html`<i style="width:${Math.round((count / most) * 100)}%"></i>` : null}</td>
      <th scope="row">${name}</th>
      <td>${count}</td>
      <td>${percent(part, language)}</td>
      <td>${change === null ? '' : signed(change, language)}</td>
    </tr>`;
  return html`<h2>${words.whatAbout}</h2>
    <table>
      <thead>
        <tr>
          <td></td>
          <th scope="col">${words.group}</th>
          <th scope="col">${words.count}</th>
          <th scope="col">${words.share}</th>
          <th scope="col">${report.previous === null ? '' : words.change}</th>
        </tr>
      </thead>
      <tbody>
        ${top.map((one) => row(one.group || words.unnamed, one.count, one.share, one.change, `group:${one.group}`, true))}
        ${others === 0 ? null : row(`${words.otherGroups} (${rest.length})`, others, others / report.received, null, 'otherGroups', false)}
      </tbody>
    </table>`;
}

function municipalities(report: MonthReport, { words, language }: Printing): Html {
  const rate = new Intl.NumberFormat(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  return html`<h2>${words.whereFrom}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">${words.municipality}</th>
          <th scope="col">${words.count}</th>
          <th scope="col">${words.perThousand}</th>
        </tr>
      </thead>
      <tbody>
        ${report.municipalities.map(
          (one) =>
            html`<tr data-figure="municipality:${one.municipality}">
              <th scope="row">${one.municipality || words.unnamed}</th>
              <td>${one.count}</td>
              <td>${one.perThousand === null ? '—' : rate.format(one.perThousand)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function networks(report: MonthReport, { words, language }: Printing): Html {
  return html`<h2>${words.networks}</h2>
    <table>
      <tbody>
        ${report.networks.map(
          (one) =>
            html`<tr data-figure="network:${one.network}">
              <th scope="row">${words.network[one.network] ?? one.network}</th>
              <td>${one.count}</td>
              <td>${percent(one.share, language)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function agencies(report: MonthReport, { words, language }: Printing): Html {
  return html`<h2>${words.whoAnswered}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">${words.agency}</th>
          <th scope="col">${words.got}</th>
          <th scope="col">${words.mean}</th>
          <th scope="col">${words.median}</th>
          <th scope="col">${words.inTime}</th>
          <th scope="col">${words.returns}</th>
        </tr>
      </thead>
      <tbody>
        ${report.agencies.slice(0, TOP_AGENCIES).map(
          (one) =>
            html`<tr data-figure="agency:${one.agency}">
              <th scope="row">${one.name}</th>
              <td>${one.count}</td>
              <td>${duration(one.working.meanMinutes, language)}</td>
              <td>${duration(one.working.medianMinutes, language)}</td>
              <td>${percent(one.inTimeShare, language)}</td>
              <td>${one.returns}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}
