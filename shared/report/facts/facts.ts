import { calendarFor } from '#shared/domain/agency-hours.ts';
import { yearsWithoutHolidays, type CompiledCalendar } from '#shared/domain/calendar.ts';
import { clocksOf } from '#shared/domain/clock.ts';
import { choosePolicy, dueAt, type DeadlinePolicy } from '#shared/domain/deadline.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { MS_PER_MINUTE, type Instant, type Minutes } from '#shared/domain/instant.ts';
import { FACT_NAMES, FACTS, type FactName } from './fact-table.ts';
import { recordMaker } from './record-maker.ts';

/**
 * The facts of one incident: small and flat, so that they can live in columns, and without calendar or
 * policy, so that a change of those never makes a stored column wrong.
 */
export interface FactRow extends Declared {
  readonly id: string;
}

type Declared = { readonly [N in FactName]: ReturnType<(typeof FACTS)[N]['read']> };

/** The facts with both clocks and the deadline. */
export interface Facts extends FactRow, Judgement {}

/** How the clocks and the deadline judge a row of facts. */
export interface Judgement {
  /** Whole minutes by the registry's marks (column I); null also where the calendar does not reach. */
  readonly workingMinutes: Minutes | null;
  readonly wallMinutes: Minutes | null;
  /** True when the first answer came within its deadline; null while it has not come. */
  readonly inTime: boolean | null;
}

/** In the order in which they are stored, after the facts. */
export const JUDGEMENTS = [
  'workingMinutes',
  'wallMinutes',
  'inTime',
] as const satisfies readonly (keyof Judgement)[];

/** The calendar and the policies that facts are judged by. */
export interface FactsContext {
  readonly calendar: CompiledCalendar;
  readonly policies: readonly DeadlinePolicy[];
}

/** Reads the facts off an incident. */
export function factsOf(incident: Incident, context: FactsContext): Facts {
  const row = factRowOf(incident);
  return { ...row, ...judge(row, context) };
}

const makeRow = recordMaker<FactRow>(['id', ...FACT_NAMES]);
const READS = FACT_NAMES.map((name) => FACTS[name].read);

/** Reads off an incident all that follows from it alone. */
export const factRowOf = (incident: Incident): FactRow =>
  makeRow([incident.id, ...READS.map((read) => read(incident))]);

/** The facts that the clocks and the deadline follow from. */
export type Judgeable = Pick<
  FactRow,
  'createdAt' | 'firstReplyAt' | 'importance' | 'group' | 'topic' | 'agency' | 'network'
>;

/**
 * Both clocks, and whether the deadline of the first answer was met, under the policy valid when the message
 * came.
 */
export function judge(row: Judgeable, context: FactsContext): Judgement {
  const { createdAt, firstReplyAt } = row;
  if (firstReplyAt === null) return { workingMinutes: null, wallMinutes: null, inTime: null };
  try {
    const { workingMinutes, wallMinutes } = clocksOf(context.calendar, createdAt, firstReplyAt);
    return { workingMinutes, wallMinutes, inTime: inTime(row, firstReplyAt, context) };
  } catch (error) {
    // A date outside the compiled years must not take the whole summary with it.
    if (!(error instanceof RangeError)) throw error;
    const wallMinutes = Math.max(0, firstReplyAt - createdAt) / MS_PER_MINUTE;
    return { workingMinutes: null, wallMinutes, inTime: null };
  }
}

function inTime(row: Judgeable, firstReplyAt: Instant, { calendar, policies }: FactsContext): boolean | null {
  const { importance, group, topic, agency, network, createdAt } = row;
  const policy = choosePolicy(policies, {
    importance,
    group: group === '' ? null : group,
    topic: topic === '' ? null : topic,
    agency: agency === '' ? null : agency,
    network,
    start: 'created',
    at: createdAt,
  });
  if (policy === null) return null;
  const hours = calendarFor(calendar, agency === '' ? null : agency);
  const due = dueAt(policy, createdAt, hours);
  // Holidays nobody entered would make a deadline of working time too early.
  const isUnsure = policy.unit === 'working' && yearsWithoutHolidays(hours, createdAt, due).length > 0;
  return isUnsure ? null : firstReplyAt <= due;
}
