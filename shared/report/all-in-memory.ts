import type { CompiledCalendar } from '#shared/domain/calendar.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { owedAsked, owedOf, type Control } from './controls.ts';
import type { Facts } from './facts.ts';
import type { FigureInput } from './figure.ts';
import { pastOf } from './past.ts';
import { periodsOf, type ReportRequest } from './period.ts';
import type { ReportDirectory, ReportInput, ReportRegisters } from './period-report.ts';
import { ratingRules } from './rating-rules.ts';

export const NO_REGISTERS: ReportRegisters = { campaigns: [], activities: [], examples: [] };

/** What summaries are made by besides the facts. */
interface Surroundings {
  readonly calendar: CompiledCalendar;
  readonly directory: ReportDirectory;
  readonly controls: readonly Control[];
}

/** The input of a summary whose facts, those of the compared periods too, are all at hand. */
export function inputOf(
  facts: readonly Facts[],
  request: ReportRequest,
  { calendar, directory, controls }: Surroundings,
  asOf: Instant,
  registers: ReportRegisters = NO_REGISTERS,
): ReportInput & FigureInput {
  const { timeZone } = directory;
  const periods = periodsOf(request, timeZone);
  return {
    periods,
    facts,
    past: pastOf(facts, timeZone),
    controls,
    owed: owedOf(controls, owedAsked(periods, asOf, timeZone)),
    calendar,
    directory,
    registers,
    rules: ratingRules,
    asOf,
  };
}
