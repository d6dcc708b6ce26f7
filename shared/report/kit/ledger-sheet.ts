import { localTimeAt } from '#shared/domain/time-zone.ts';
import type { Language } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import { periodName } from '#shared/report/paper/period-name.ts';
import { SHEET_STYLE } from '#shared/report/paper/sheet-style.ts';
import { fill, shortDate, whole } from '#shared/report/paper/sheet-text.ts';
import { SHEET_WORDS } from '#shared/report/paper/sheet-words.ts';
import { tableHtml } from '#shared/report/paper/table-html.ts';
import { partTable } from './ledger-table.ts';
import { LEDGER_WORDS } from './ledger-words.ts';
import { ledgerCounts, type LedgerLine, type LedgerPart, type PromiseLedger } from './promise-ledger.ts';

/** Style of the ledger beside the sheet's: columns stand under one another from agency to agency. */
export const LEDGER_STYLE = `${SHEET_STYLE}
.sheet.ledger section{margin-top:12pt}
.sheet.ledger table{table-layout:fixed}
.sheet.ledger tbody small{padding:0}
.sheet.ledger th:nth-child(1){width:36mm}.sheet.ledger th:nth-child(2){width:20mm}
.sheet.ledger th:nth-child(3){width:32mm}.sheet.ledger th:nth-child(5){width:26mm}
.sheet.ledger th:nth-child(6){width:17mm}
.sheet.ledger :is(th,td):nth-child(2){padding-right:4mm}
.sheet.ledger td:nth-child(3){white-space:nowrap!important}
`;

/** The ledger on A4, as an article; the console's screen and its files show the same. */
export function ledgerBody(ledger: PromiseLedger, language: Language): Html {
  const words = LEDGER_WORDS[language];
  const { regionName, form, period, timeZone, asOf, parts, others } = ledger;
  const left = others === 0 ? null : fill(words.others, { count: whole(others, language) });
  const made = shortDate(localTimeAt(timeZone, asOf).date);
  return html`<article class="sheet ledger" lang="${language}">
    <header>
      <h1>${words.title}</h1>
      <p>
        ${regionName}<br />${periodName({ form, ...period }, language)}<br />${fill(
          SHEET_WORDS[language].made,
          { at: made },
        )}
      </p>
    </header>
    ${
      parts.length === 0
        ? html`<p class="none">${words.none}</p>`
        : html`<p class="line">
            ${counted(
              parts.flatMap(({ lines }) => lines),
              language,
            )}
          </p>`
    }
    ${parts.map((part) => section(part, language))}
    ${left === null ? null : html`<p class="line">${left}</p>`}
    <footer class="control"><p>${words.hidden}</p></footer>
  </article>`;
}

function section(part: LedgerPart, language: Language): Html {
  return html`<section>
    <h2>${part.agencyName || LEDGER_WORDS[language].centre}</h2>
    <p>${counted(part.lines, language)}</p>
    ${tableHtml(partTable(part, language), language)}
  </section>`;
}

function counted(lines: readonly LedgerLine[], language: Language): Html {
  const words = LEDGER_WORDS[language];
  const { moved, ...counts } = ledgerCounts(lines);
  const said = Object.fromEntries(
    Object.entries(counts).map(([state, count]) => [state, whole(count, language)]),
  );
  const movedLine = moved === 0 ? null : html` ${fill(words.moved, { moved: whole(moved, language) })}`;
  return html`${fill(words.lead, said)}${movedLine}`;
}

/** A whole page that needs nothing else. `fontFace` is CSS that brings the font, '' for the system's. */
export function ledgerPage(ledger: PromiseLedger, language: Language, fontFace: string): string {
  const head = html`<meta charset="utf-8" /><title>${LEDGER_WORDS[language].title}</title>`.markup;
  return (
    `<!doctype html><html lang="${language}"><head>${head}` +
    `<style>${fontFace}${LEDGER_STYLE}body{margin:0}</style></head><body>` +
    `<main>${ledgerBody(ledger, language).markup}</main></body></html>`
  );
}
