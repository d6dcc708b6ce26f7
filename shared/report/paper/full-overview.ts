import { eaoTiles } from '#shared/domain/data/eao-tiles.ts';
import { html, type Html } from '#shared/text/html.ts';
import { dayChart, tileMap, type Tile } from './charts.ts';
import { head, time, type Full } from './full-printing.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { figure } from './sheet-text.ts';
import { tableHtml } from './table-html.ts';
import { tableOf } from './table.ts';
import { comparisonTable, municipalityTable } from './tables.ts';

/** A page says the days of a period in small letters under its name. */
const COMPARED = ['period', 'received', 'answered', 'closed', 'solved', 'mean', 'inTime'];

export const comparison = (report: PeriodReport, { full, language }: Full): Html =>
  html`<section>
    <h2>${full.comparison}</h2>
    ${tableHtml(tableOf(comparisonTable, report, language, COMPARED), language)}
  </section>`;

export const days = (report: PeriodReport, { full }: Full): Html =>
  report.days.length < 2
    ? html``
    : html`<section class="whole">
        <h2>${full.days}</h2>
        ${dayChart(report.days, full.days)}
        <p><small>${full.daysNote}</small></p>
      </section>`;

/** Maps by region: districts of other regions bear the same names and lie elsewhere. */
const MAPS: Readonly<Record<string, typeof eaoTiles>> = { eao: eaoTiles };

/** Those that have a place on the region's map; none where the region has no map. */
const tilesOf = ({ region, municipalities: lines }: PeriodReport): readonly Tile[] =>
  lines.flatMap(({ municipality, count, perThousand }) => {
    const at = MAPS[region]?.[municipality];
    const figureName = `municipality:${municipality}`;
    return at === undefined
      ? []
      : [{ name: shortened(municipality), figure: figureName, count, rate: perThousand ?? count, at }];
  });

export function municipalities(report: PeriodReport, { full, language }: Full): Html {
  const tiles = tilesOf(report);
  return html`<section class="whole">
    <h2>${full.municipalities}</h2>
    ${
      tiles.length < 2
        ? null
        : html`<p><small>${full.tiles}</small></p>
            ${tileMap(tiles, full.tiles)}`
    }
    ${tableHtml(tableOf(municipalityTable, report, language), language)}
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
