import type { Instant } from '#shared/domain/instant.ts';
import { formatLocalTimestamp } from '#shared/domain/time-zone.ts';
import type { Language } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import type { IssueMark, PeriodReport } from '#shared/report/summary/period-report.ts';
import { fill, shortDate } from './sheet-text.ts';
import { SHEET_WORDS } from './sheet-words.ts';

/** `03.02.2022 10:12` by the region's clock. */
function moment(at: Instant, timeZone: string): string {
  const [date = '', time = ''] = formatLocalTimestamp(timeZone, at).split(' ');
  return `${shortDate(date)} ${time.slice(0, 5)}`;
}

/** «Выпуск 1 от 03.02.2022 10:12». */
export const issueName = (
  { number, at }: Pick<IssueMark, 'number' | 'at'>,
  timeZone: string,
  language: Language,
): string =>
  SHEET_WORDS[language].issued.replace('{number}', String(number)).replace('{at}', moment(at, timeZone));

/**
 * The lines under an issued sheet: which issue it is, whose, the remark, and the checksum to hold a copy to.
 */
export function issueLines({ issued, timeZone }: PeriodReport, language: Language): Html {
  if (issued === undefined) return html``;
  return html`<p class="issued">
    ${issueText(issued, timeZone, language)}<br />
    ${fill(SHEET_WORDS[language].checksum, { sha256: html`<code>${issued.sha256}</code>` })}
  </p>`;
}

/** Which issue it is, whose, and the remark. */
const issueText = (issued: IssueMark, timeZone: string, language: Language): string =>
  [issueName(issued, timeZone, language), issued.by, ...(issued.remark === '' ? [] : [issued.remark])].join(
    ' · ',
  );

/** {@link issueLines} as plain text, a line each; none of a summary that was not issued. */
export const issueTexts = ({ issued, timeZone }: PeriodReport, language: Language): readonly string[] =>
  issued === undefined
    ? []
    : [
        issueText(issued, timeZone, language),
        SHEET_WORDS[language].checksum.replace('{sha256}', issued.sha256),
      ];
