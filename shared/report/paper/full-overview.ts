import { eaoTiles } from '#shared/domain/data/eao-tiles.ts';
import { html, type Html } from '#shared/text/html.ts';
import { dayChart, tileMap, type Tile } from './charts.ts';
import { clockTable } from './clock-tables.ts';
import type { Full } from './full-printing.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { tableHtml } from './table-html.ts';
import { tableOf } from './table.ts';
import { comparisonTable } from './comparison-table.ts';
import { municipalityTable } from './municipality-table.ts';

export const comparison = (report: PeriodReport, { full, language }: Full): Html =>
  html`<section>
    <h2>${full.comparison}</h2>
    ${tableHtml(tableOf(comparisonTable, report, language, 'full'), language)}
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
    ${tableHtml(tableOf(municipalityTable, report, language, 'full'), language)}
  </section>`;
}

/** As much of a name as a tile holds. */
const shortened = (municipality: string): string => municipality.replace(/ район$/u, ' р-н').slice(0, 18);

export function clocks(report: PeriodReport, { language }: Full): Html {
  const table = tableOf(clockTable, report, language, 'full');
  return html`<section class="whole">
    <h2>${table.name}</h2>
    ${tableHtml(table, language)}
  </section>`;
}
