import { html, type Html } from '#shared/text/html.ts';
import { agencies, longest, rating } from './full-agencies.ts';
import { groups } from './full-groups.ts';
import { clocks, comparison, days, municipalities } from './full-overview.ts';
import type { Full } from './full-printing.ts';
import { quality } from './full-quality.ts';
import { registers } from './full-registers.ts';
import { FULL_WORDS } from './full-words.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import type { Printing } from './sheet-text.ts';

/** In their order on paper, below the headline. */
const SECTIONS: readonly ((report: PeriodReport, all: Full) => Html)[] = [
  comparison,
  days,
  groups,
  municipalities,
  clocks,
  agencies,
  rating,
  quality,
  longest,
  registers,
];

/** Everything the full summary says beyond the one page. */
export function fullSections(report: PeriodReport, printing: Printing): Html {
  const all: Full = { ...printing, full: FULL_WORDS[printing.language] };
  return html`${SECTIONS.map((section) => section(report, all))}`;
}
