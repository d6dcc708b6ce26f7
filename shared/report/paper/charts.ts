import { html, type Html } from '#shared/text/html.ts';
import type { DayLine } from '#shared/report/summary/period-report.ts';

/**
 * Drawn in units of a 640-wide picture; ink is the text's colour, so that a picture needs no colours to be
 * read or printed.
 */
const WIDTH = 640;
const HEIGHT = 132;
const FLOOR = 108;
const CEILING = 16;
/** More days than this are drawn as weeks: bars of a millimetre say nothing. */
const MOST_DAYS = 62;

interface Bar {
  readonly label: string;
  readonly figure: string | null;
  readonly count: number;
  readonly baseline: number | null;
  readonly isWorking: boolean;
}

const dayNumber = (date: string): string => String(Number(date.slice(8)));

/** Days, or weeks where there are many days. */
function barsOf(days: readonly DayLine[]): readonly Bar[] {
  if (days.length <= MOST_DAYS)
    return days.map(({ date, count, baseline, isWorking }) => ({
      label: dayNumber(date),
      figure: `day:${date}`,
      count,
      baseline,
      isWorking,
    }));
  const weeks: Bar[] = [];
  for (let first = 0; first < days.length; first += 7) {
    const week = days.slice(first, first + 7);
    const [begin] = week;
    weeks.push({
      label: begin === undefined ? '' : `${dayNumber(begin.date)}.${begin.date.slice(5, 7)}`,
      figure: null,
      count: week.reduce((sum, day) => sum + day.count, 0),
      baseline: week.some(({ baseline }) => baseline === null)
        ? null
        : week.reduce((sum, day) => sum + (day.baseline ?? 0), 0),
      isWorking: true,
    });
  }
  return weeks;
}

/**
 * Messages by day with what is usual: values stand over the bars, and the picture has a name for those who do
 * not see it.
 */
export function dayChart(days: readonly DayLine[], title: string): Html {
  const bars = barsOf(days);
  const most = Math.max(1, ...bars.map(({ count, baseline }) => Math.max(count, baseline ?? 0)));
  const step = WIDTH / bars.length;
  const height = (value: number): number => (value / most) * (FLOOR - CEILING);
  const labelled = Math.max(1, Math.ceil(bars.length / 32));
  return html`<svg class="days" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="group" aria-label="${title}">
    ${bars.map((bar, index) =>
      dayBar(bar, { x: index * step, step, height, isLabelled: index % labelled === 0 }),
    )}
  </svg>`;
}

interface Slot {
  readonly x: number;
  readonly step: number;
  readonly height: (value: number) => number;
  readonly isLabelled: boolean;
}

function dayBar(
  { label, figure, count, baseline, isWorking }: Bar,
  { x, step, height, isLabelled }: Slot,
): Html {
  const width = step * 0.72;
  const left = x + (step - width) / 2;
  const middle = (x + step / 2).toFixed(1);
  const top = FLOOR - height(count);
  const opened = figure === null ? html`` : html` data-figure="${figure}"`;
  return html`<rect
      class="${isWorking ? 'on' : 'off'}"
      x="${left.toFixed(1)}"
      y="${top.toFixed(1)}"
      width="${width.toFixed(1)}"
      height="${height(count).toFixed(1)}"
    />${
      baseline === null
        ? null
        : html`<path d="M${x.toFixed(1)} ${(FLOOR - height(baseline)).toFixed(1)}h${step.toFixed(1)}" />`
    }${count === 0 ? null : html`<text x="${middle}" y="${(top - 3).toFixed(1)}" ${opened}>${count}</text>`}${
      isLabelled ? html`<text class="axis" x="${middle}" y="${FLOOR + 13}">${label}</text>` : null
    }`;
}

export interface Tile {
  readonly name: string;
  readonly figure: string;
  readonly count: number;
  /** Decides how dark it is. */
  readonly rate: number;
  readonly at: readonly [column: number, row: number];
}

const TILE = 100;

/** Districts as equal tiles, roughly where they lie; the number stands in each, darkness only helps. */
export function tileMap(tiles: readonly Tile[], title: string): Html {
  const columns = 1 + Math.max(0, ...tiles.map(({ at: [column] }) => column));
  const rows = 1 + Math.max(0, ...tiles.map(({ at: [, row] }) => row));
  const most = Math.max(Number.MIN_VALUE, ...tiles.map(({ rate }) => rate));
  return html`<svg
    class="tiles"
    viewBox="0 0 ${columns * TILE} ${rows * 60}"
    role="group"
    aria-label="${title}"
  >
    ${tiles.map(({ name, figure, count, rate, at: [column, row] }) => {
      const shade = Math.round((rate / most) * 4);
      return html`<g class="shade${shade}" transform="translate(${column * TILE} ${row * 60})">
        <rect width="${TILE - 4}" height="56" rx="4" /><text x="8" y="18" class="name">${name}</text
        ><text x="8" y="44" class="value" data-figure="${figure}">${count}</text>
      </g>`;
    })}
  </svg>`;
}
