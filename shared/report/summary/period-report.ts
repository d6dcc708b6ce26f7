import type { Activity } from '#shared/domain/activity.ts';
import type { CompiledCalendar } from '#shared/domain/calendar.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import type { Dictionary } from '#shared/domain/dictionary.ts';
import type { Example } from '#shared/domain/example.ts';
import type { Instant, Minutes } from '#shared/domain/instant.ts';
import type { Letterhead } from '#shared/domain/regulation.ts';
import type { LocalDate } from '#shared/domain/time-zone.ts';
import type { Ahead } from './ahead.ts';
import type { Owed } from '#shared/report/facts/controls.ts';
import type { Facts } from '#shared/report/facts/facts.ts';
import type { Past } from '#shared/report/facts/past.ts';
import type { PeriodForm, ReportPeriods } from '#shared/report/facts/period.ts';
import type { RatingMeasure, RatingRules } from '#shared/domain/rating-rules.ts';

/** Mean and median of one clock over the answers it could be read of. Null where there were none. */
export interface ClockFigures {
  readonly count: number;
  readonly meanMinutes: Minutes | null;
  readonly medianMinutes: Minutes | null;
}

/** Another period in short. `inTimeShare` 0..1. */
export interface Compared {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly received: number;
  readonly answered: number;
  readonly closed: number;
  readonly solved: number;
  readonly workingMeanMinutes: Minutes | null;
  readonly inTimeShare: number | null;
}

export interface GroupLine {
  readonly group: string;
  readonly count: number;
  /** 0..1 of all received. */
  readonly share: number;
  /** Received in the compared period and a year ago; null when that period is empty. */
  readonly previous: number | null;
  readonly yearAgo: number | null;
  /** To the compared period. */
  readonly change: number | null;
  readonly topics: readonly { readonly topic: string; readonly count: number }[];
}

/** A topic that people write about clearly more, or less, than in the compared period. */
export interface Mover {
  readonly group: string;
  readonly topic: string;
  readonly count: number;
  readonly before: number;
  readonly change: number;
}

export interface MunicipalityLine {
  readonly municipality: string;
  readonly count: number;
  /** Null where the directory has no population. */
  readonly perThousand: number | null;
}

export interface AgencyLine {
  readonly agency: string;
  readonly name: string;
  /** For sentences; null where the directory has none. */
  readonly nameDative: string | null;
  readonly count: number;
  readonly answered: number;
  readonly working: ClockFigures;
  readonly wall: ClockFigures;
  readonly inTimeShare: number | null;
  readonly late: number;
  /** Not answered when the summary was made, and what was owed is past. */
  readonly unanswered: number;
  readonly solved: number;
  readonly deferred: number;
  readonly returns: number;
  readonly repeats: number;
  readonly approvalMeanMinutes: Minutes | null;
  readonly ownApprovals: number;
  /** Messages whose reply was sent for approval against warnings of the checker, and how many warnings. */
  readonly warned?: number;
  readonly overlooked?: number;
  readonly promisesKept: number;
  readonly promisesBroken: number;
  readonly promisesMoved: number;
}

export interface Wait {
  readonly id: string;
  readonly number: number | null;
  readonly createdAt: Instant;
  readonly isAnswered: boolean;
  /** To the first answer, or to the moment the summary speaks of. */
  readonly workingMinutes: Minutes | null;
  readonly wallMinutes: Minutes;
  readonly agency: string;
  readonly agencyName: string;
  readonly group: string;
  readonly topic: string;
  readonly municipality: string;
}

/** Which issue of a summary this is, as it stands on paper. */
export interface IssueMark {
  readonly number: number;
  readonly at: Instant;
  /** Who issued it, by name. */
  readonly by: string;
  readonly remark: string;
  /** Of the text it was issued as. */
  readonly sha256: string;
}

/**
 * One measure of one agency; `points` null where there was nothing to measure, and then its maximum does not
 * count.
 */
export interface RatingPart {
  readonly measure: RatingMeasure;
  readonly value: number | null;
  readonly points: number | null;
  readonly max: number;
}

export interface RatingLine {
  readonly agency: string;
  readonly name: string;
  readonly count: number;
  /** From 1; equal points share a place. Null with too few messages. */
  readonly place: number | null;
  /** Of a hundred. */
  readonly points: number | null;
  readonly parts: readonly RatingPart[];
}

/**
 * Messages on a campaign's topics: four weeks before it, while it ran, four weeks after (up to what is
 * known).
 */
export interface CampaignLine extends Pick<
  Campaign,
  'id' | 'title' | 'from' | 'to' | 'topics' | 'reason' | 'reach'
> {
  readonly posts: number;
  readonly materials: number;
  readonly before: number;
  readonly during: number;
  readonly after: number;
}

export interface ActivityLine extends Pick<
  Activity,
  'id' | 'kind' | 'title' | 'date' | 'place' | 'audience'
> {
  readonly agencies: number;
  readonly invited: number;
  readonly attended: number;
}

/**
 * The summary of a period: a pure function of facts. Two ways of counting are kept apart: `cohort` figures
 * speak of messages received in the period whatever day they were dealt with; `flow` figures of what was done
 * in the period whatever day the message came. Keys are added, never renamed: other programs read this.
 */
export interface PeriodReport {
  readonly region: string;
  readonly regionName: string;
  readonly form: PeriodForm;
  readonly period: { readonly from: LocalDate; readonly to: LocalDate };
  readonly timeZone: string;
  /** Up to when the incidents' states were taken into account. */
  readonly asOf: Instant;
  readonly received: number;
  readonly previous: { readonly received: number } | null;
  /** The stretch somebody chose to compare with; null when it is the period before. */
  readonly compared: { readonly from: LocalDate; readonly to: LocalDate } | null;
  readonly comparisons: { readonly previous: Compared | null; readonly yearAgo: Compared | null };
  readonly yearToDate: Compared & { readonly before: Compared | null };
  readonly groups: readonly GroupLine[];
  readonly movers: { readonly risers: readonly Mover[]; readonly fallers: readonly Mover[] };
  readonly firstReply: {
    readonly answered: number;
    readonly notAnswered: number;
    /** Answers that only promised another one, and those of them the final answer has followed. */
    readonly interim: number;
    readonly interimDone: number;
    readonly working: ClockFigures;
    readonly wall: ClockFigures;
    readonly inTime: number;
    readonly late: number;
    readonly inTimeShare: number | null;
  };
  /**
   * Answers by how long they took: up to `upToMinutes`, more than the bucket before; null is all the longer
   * ones.
   */
  readonly clockBuckets: readonly {
    readonly upToMinutes: Minutes | null;
    readonly working: number;
    readonly wall: number;
  }[];
  readonly days: readonly DayLine[];
  readonly municipalities: readonly MunicipalityLine[];
  readonly networks: readonly { readonly network: string; readonly count: number; readonly share: number }[];
  readonly kinds: readonly { readonly kind: string; readonly count: number }[];
  readonly types: readonly { readonly type: string; readonly count: number }[];
  readonly agencies: readonly AgencyLine[];
  readonly rating: {
    readonly minimum: number;
    readonly lines: readonly RatingLine[];
  };
  readonly outcomes: readonly { readonly outcome: string; readonly count: number }[];
  readonly closingReasons: readonly { readonly reason: string; readonly count: number }[];
  readonly rejectReasons: readonly { readonly reason: string; readonly count: number }[];
  /**
   * `own`: approved by those who wrote them; `warned`, `overlooked` as in `AgencyLine`. Absent from summaries
   * issued before they were counted.
   */
  readonly approval: {
    readonly count: number;
    readonly own?: number;
    readonly warned?: number;
    readonly overlooked?: number;
    readonly meanMinutes: Minutes | null;
  };
  /** `moved`: how often to another moment; absent from summaries issued before it was counted. */
  readonly promises: {
    readonly kept: number;
    readonly broken: number;
    readonly open: number;
    readonly moved?: number;
  };
  readonly repeats: { readonly count: number; readonly share: number };
  readonly deferred: { readonly count: number; readonly now: number };
  readonly returns: { readonly count: number };
  readonly survey: {
    readonly sent: number;
    readonly graded: number;
    readonly mean: number | null;
    readonly grades: readonly { readonly grade: number; readonly count: number }[];
  };
  readonly longest: readonly Wait[];
  readonly flow: {
    /** Not closed when the period began. */
    readonly carriedIn: number;
    readonly closed: number;
    readonly solved: number;
    readonly solvedFromBefore: number;
    readonly rejected: number;
    readonly merged: number;
    /** Taken back into work. Issues made before it was counted lack it. */
    readonly reopened?: number;
    /**
     * Acts entered in the period that had happened before they were. Issues made before it was counted lack
     * it.
     */
    readonly enteredLater?: number;
    /** Of those received in the period: not yet closed when it ended. */
    readonly carriedOver: number;
    /** Of all: not yet closed when it ended. */
    readonly carriedOut: number;
    /** carriedIn + received + reopened = closed + rejected + merged + carriedOut. */
    readonly balances: boolean;
  };
  /** received = rejected + merged + taken; taken = finished + inWork. */
  readonly control: {
    readonly received: number;
    readonly rejected: number;
    readonly merged: number;
    readonly taken: number;
    readonly finished: number;
    readonly inWork: number;
    readonly balances: boolean;
  };
  /**
   * Years without a production calendar: working time that touches them is in no figure above. Left out when
   * there are none.
   */
  readonly withoutCalendar?: readonly number[];
  /**
   * Incidents of the period that are in no figure, for their stored rows cannot be read: their numbers, or
   * ids where they have none. Left out when there are none.
   */
  readonly unread?: readonly string[];
  readonly campaigns: readonly CampaignLine[];
  readonly activities: readonly ActivityLine[];
  readonly examples: readonly Example[];
  readonly ahead: Ahead;
  /**
   * The centre's name at the head, its arms and who signs, as they were on that day. Left out where the
   * centre has said none of them, and of issues made before it could.
   */
  readonly letterhead?: Letterhead;
  /** Put there when an issued summary is read; one made this minute has none. */
  readonly issued?: IssueMark;
}

export interface DayLine {
  readonly date: LocalDate;
  readonly count: number;
  /**
   * Median of the same weekday over the eight weeks before the period; null when nothing is known of them.
   */
  readonly baseline: number | null;
  readonly isWorking: boolean;
}

/** Names and numbers the report needs besides the incidents. */
export interface ReportDirectory {
  readonly region: string;
  readonly regionName: string;
  readonly timeZone: string;
  readonly agencyName: (id: string) => string;
  readonly agencyDative: (id: string) => string | null;
  readonly population: (municipality: string) => number | null;
}

/** The centre's own registers, as far as they touch the period. */
export interface ReportRegisters {
  readonly campaigns: readonly Campaign[];
  readonly activities: readonly Activity[];
  readonly examples: readonly Example[];
}

export interface ReportInput {
  readonly periods: ReportPeriods;
  /** Everything received in the period. More does no harm. */
  readonly facts: readonly Facts[];
  /** Incidents of the period that there are no facts of; see {@link PeriodReport}. */
  readonly unread?: readonly string[];
  readonly past: Past;
  readonly owed: Owed;
  readonly calendar: CompiledCalendar;
  readonly directory: ReportDirectory;
  /** The region's topics and what they became; left out: those that the product comes with. */
  readonly dictionary?: Dictionary;
  readonly registers: ReportRegisters;
  readonly rules: RatingRules;
  readonly letterhead?: Letterhead | undefined;
  /** Up to when the facts speak. */
  readonly asOf: Instant;
}
