import { eaoTiles } from '#shared/domain/data/eao-tiles.ts';
import type { Language } from '#shared/text/duration.ts';
import { html, type Html } from '#shared/text/html.ts';
import { dayChart, tileMap, type Tile } from './charts.ts';
import { comparisonRows } from './comparison.ts';
import { head, time, type Full } from './full-printing.ts';
import type { Compared, PeriodReport } from '#shared/report/summary/period-report.ts';
import { figure, percent, shortDate, whole } from './sheet-text.ts';

export const comparison = (report: PeriodReport, { full, language }: Full): Html =>
  html`<section>
    <h2>${full.comparison}</h2>
    <table>
      ${head([full.period, full.received, full.answered, full.closed, full.solved, full.meanWorking, full.inTime])}
      <tbody>
        ${comparisonRows(report, language).map(({ name, one }) => comparedRow(name, one, language))}
      </tbody>
    </table>
  </section>`;

const comparedRow = (name: string, one: Compared, language: Language): Html =>
  html`<tr>
    <th scope="row">${name} <small>${shortDate(one.from)}–${shortDate(one.to)}</small></th>
    ${[one.received, one.answered, one.closed, one.solved].map((value) => html`<td>${whole(value, language)}</td>`)}
    <td>${time(one.workingMeanMinutes, language)}</td>
    <td>${percent(one.inTimeShare, language)}</td>
  </tr>`;

export const days = (report: PeriodReport, { full }: Full): Html =>
  report.days.length < 2
    ? html``
    : html`<section class="whole">
        <h2>${full.days}</h2>
        ${dayChart(report.days, full.days)}
        <p><small>${full.daysNote}</small></p>
      </section>`;

/** Those that have a place on the map. */
const tilesOf = (lines: PeriodReport['municipalities']): readonly Tile[] =>
  lines.flatMap(({ municipality, count, perThousand }) => {
    const at = eaoTiles[municipality];
    const figureName = `municipality:${municipality}`;
    return at === undefined
      ? []
      : [{ name: shortened(municipality), figure: figureName, count, rate: perThousand ?? count, at }];
  });

export function municipalities(
  { municipalities: lines }: PeriodReport,
  { full, words, language }: Full,
): Html {
  const rate = new Intl.NumberFormat(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  const tiles = tilesOf(lines);
  return html`<section class="whole">
    <h2>${full.municipalities}</h2>
    ${
      tiles.length < 2
        ? null
        : html`<p><small>${full.tiles}</small></p>
            ${tileMap(tiles, full.tiles)}`
    }
    <table>
      ${head([words.municipality, words.count, words.perThousand])}
      <tbody>
        ${lines.map(
          (one) =>
            html`<tr>
              <th scope="row">${one.municipality || words.unnamed}</th>
              <td>${figure(`municipality:${one.municipality}`, one.count, language)}</td>
              <td>${one.perThousand === null ? '—' : rate.format(one.perThousand)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/** As much of a name as a tile holds. */
const shortened = (municipality: string): string => municipality.replace(/ район$/u, ' р-н').slice(0, 18);

export function clocks({ clockBuckets }: PeriodReport, { full, language }: Full): Html {
  const most = Math.max(1, ...clockBuckets.flatMap(({ working, wall }) => [working, wall]));
  const bar = (value: number, kind: string): Html =>
    html`<td class="bar wide">
      <i class="${kind}" style="width:${Math.round((value / most) * 100)}%"></i>
    </td>`;
  return html`<section class="whole">
    <h2>${full.clocks}</h2>
    <table>
      ${head([full.within, full.working, '', full.wall, ''])}
      <tbody>
        ${clockBuckets.map(({ upToMinutes, working, wall }) => {
          const name = upToMinutes ?? 'more';
          const label =
            upToMinutes === null ? full.longer : full.upTo.replace('{time}', time(upToMinutes, language));
          return html`<tr>
            <th scope="row">${label}</th>
            <td>${figure(`bucketWorking:${name}`, working, language)}</td>
            ${bar(working, 'solid')}
            <td>${figure(`bucketWall:${name}`, wall, language)}</td>
            ${bar(wall, 'outline')}
          </tr>`;
        })}
      </tbody>
    </table>
  </section>`;
}
