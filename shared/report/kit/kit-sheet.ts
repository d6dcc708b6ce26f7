import { localTimeAt } from '#shared/domain/time-zone.ts';
import type { Language } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import type { BroadcastKit, KitQuestion } from './broadcast-kit.ts';
import { KIT_WORDS } from './kit-words.ts';
import { periodName } from '#shared/report/paper/period-name.ts';
import { SHEET_STYLE } from '#shared/report/paper/sheet-style.ts';
import { fill, plainTopic, shortDate, whole } from '#shared/report/paper/sheet-text.ts';
import { SHEET_WORDS } from '#shared/report/paper/sheet-words.ts';

/**
 * Style of the kit beside the sheet's: questions are read aloud, so they are large and not split over pages.
 */
export const KIT_STYLE = `${SHEET_STYLE}
.sheet.kit{font-size:10.6pt;line-height:1.45}
.sheet.kit .question{break-inside:avoid;margin:12pt 0 0;padding-top:8pt;border-top:.6pt solid #c9ced4}
.sheet.kit .question h2{font-size:12pt;margin:0}
.sheet.kit h3{font-size:8.4pt;font-weight:600;color:#454d56;margin:6pt 0 1pt}
.sheet.kit ul{margin:0;padding-left:12pt}.sheet.kit li{margin:2pt 0;overflow-wrap:anywhere}
.sheet.kit .question>p{margin:1pt 0 0}
`;

const titleOf = ({ agencyName }: BroadcastKit, language: Language): string =>
  `${KIT_WORDS[language].title}: ${agencyName}`;

/** The kit on A4, as an article; the console's screen and its files show the same. */
export function kitBody(kit: BroadcastKit, language: Language): Html {
  const words = KIT_WORDS[language];
  const made = shortDate(localTimeAt(kit.timeZone, kit.asOf).date);
  return html`<article class="sheet kit" lang="${language}">
    <header>
      <h1>${titleOf(kit, language)}</h1>
      <p>
        ${kit.regionName}<br />${periodName({ form: kit.form, ...kit.period }, language)}<br />${fill(
          SHEET_WORDS[language].made,
          { at: made },
        )}
      </p>
    </header>
    <p>${kit.received === 0 ? words.none : fill(words.lead, { received: whole(kit.received, language) })}</p>
    ${kit.questions.map((kitQuestion, index) => question(kitQuestion, index + 1, language))}
    ${
      kit.others === 0
        ? null
        : html`<p class="line">${fill(words.others, { count: whole(kit.others, language) })}</p>`
    }
    <footer class="control"><p>${words.hidden}</p></footer>
  </article>`;
}

function question(
  { group, topic, count, places, quotes, answers }: KitQuestion,
  place: number,
  language: Language,
): Html {
  const words = KIT_WORDS[language];
  const where = places
    .map(
      (place) =>
        `${place.municipality || SHEET_WORDS[language].unnamed} ` +
        `${new Intl.NumberFormat(language).format(place.count)}`,
    )
    .join(', ');
  return html`<section class="question">
    <h2>${String(place)}. ${plainTopic(topic)}</h2>
    <p>
      <small>${group} · ${fill(words.count, { count: whole(count, language) })} · ${where}</small>
    </p>
    ${list(
      words.quotes,
      quotes.map((text) => html`«${text}»`),
    )}
    ${
      answers.length === 0
        ? html`<p><small>${words.noAnswers}</small></p>`
        : list(
            words.answers,
            answers.map(
              ({ text, count: times }) =>
                html`${text}${
                  times < 2
                    ? null
                    : html` <small>${fill(words.times, { count: whole(times, language) })}</small>`
                }`,
            ),
          )
    }
  </section>`;
}

const list = (title: string, lines: readonly Html[]): Html =>
  lines.length === 0
    ? html``
    : html`<h3>${title}</h3>
        <ul>
          ${lines.map((line) => html`<li>${line}</li>`)}
        </ul>`;

/** A whole page that needs nothing else. `fontFace` is CSS that brings the font, '' for the system's. */
export function kitPage(kit: BroadcastKit, language: Language, fontFace: string): string {
  const head = html`<meta charset="utf-8" /><title>${titleOf(kit, language)}</title>`.markup;
  return (
    `<!doctype html><html lang="${language}"><head>${head}` +
    `<style>${fontFace}${KIT_STYLE}body{margin:0}</style></head><body>` +
    `<main>${kitBody(kit, language).markup}</main></body></html>`
  );
}
