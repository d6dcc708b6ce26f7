import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import type { Refusal, RefusalKind } from '#shared/domain/refusal.ts';
import type { CommandOutcome, Envelope } from '#shared/protocol/envelope.ts';
import type { Ledger } from './ledger.ts';

/**
 * How long, after the database was found to be put back, a command offered again waits for what it depends
 * on: consoles come back within it. What the decider would take, though earlier acts about the incident are
 * missing, waits for less: some of them, as an edit in a network, may never come again.
 */
const WAIT_MS = 7 * MS_PER_DAY;
const ORDER_MS = MS_PER_DAY;

/** True for refusals that a command of somebody else, offered again later, can take away. */
const MAY_PASS: Readonly<Record<RefusalKind, boolean>> = {
  no_such_incident: true,
  already_registered: false,
  role_may_not: true,
  not_your_agency: true,
  wrong_step: true,
  already_claimed: true,
  not_holder: true,
  not_classified: true,
  unknown_topic: true,
  unknown_agency: true,
  already_routed: true,
  changed_meanwhile: true,
  no_draft: true,
  other_submission: true,
  decided_meanwhile: true,
  submission_unnamed: false,
  demand_unmet: true,
  clock_wrong: false,
  date_in_past: false,
  date_in_future: false,
  deferred_too_long: false,
  own_reply: false,
  before_this_step: false,
  incident_full: false,
  merge_target_full: false,
  type_missing: true,
  outcome_missing: true,
  new_message: true,
  merge_into_itself: false,
  merge_target_missing: true,
  merge_target_closed: true,
  no_such_promise: true,
  move_unreasoned: false,
  promise_settled: true,
  acted_on_top: true,
  not_your_act: false,
  nothing_to_undo: true,
  already_there: false,
  name_taken: true,
  short_name_taken: true,
  short_name_long: false,
  agencies_in_ring: true,
  too_many_levels: true,
  ends_before_beginning: true,
  agency_has_work: true,
  agency_has_parts: true,
  agency_closed: true,
  successor_of_open: true,
  parts_alike: false,
  route_from_nowhere: false,
  unknown_group: true,
  unknown_place: true,
  topic_of_another_group: true,
  unknown_unit: true,
  route_taken: true,
  route_is_of_another_pair: false,
  place_taken: true,
  short_place_taken: true,
  place_in_use: true,
  place_needs_successor: true,
  place_closed: true,
  places_in_ring: true,
  unknown_municipality: true,
  settlement_twice: true,
  topic_taken: true,
  short_topic_taken: true,
  topic_in_use: true,
  topic_ended: true,
  topics_in_ring: true,
  last_topic: true,
  row_refused: true,
  week_without_work: true,
  year_without_work: true,
  hours_backwards: false,
  break_outside: false,
  day_outside_calendar: false,
  unknown_zone: false,
  policies_overlap: true,
  limit_too_long: false,
  warning_too_early: false,
  rule_without_condition: false,
  unknown_variable: false,
  word_of_no_letters: false,
  rule_from_the_past: false,
  arms_unfit: false,
  rating_sum: false,
  rating_backwards: false,
  rating_twice: false,
  malformed: false,
  unknown_command: false,
};

/** A command that may wait, and when the database was found to be put back; null when it never was. */
export interface Waiting {
  readonly envelope: Envelope;
  /** An earlier command of the same console about the same incident waits. */
  readonly isBehind: boolean;
  readonly putBackAt: Instant | null;
  readonly now: Instant;
}

/** Gives the outcome of a command that waits, whatever the decider would say of it; null when it does not. */
export async function waitsUndecided(
  ledger: Pick<Ledger, 'lockIncidents'>,
  waiting: Waiting,
): Promise<CommandOutcome | null> {
  const { envelope, isBehind, putBackAt, now } = waiting;
  if (putBackAt === null) return null;
  if (isBehind) return now < putBackAt + WAIT_MS ? waits(envelope, putBackAt + WAIT_MS) : null;
  const { again, incident } = envelope;
  if (again === undefined || again.upon === 0 || now >= putBackAt + ORDER_MS) return null;
  const version = (await ledger.lockIncidents([incident])).get(incident)?.version ?? 0;
  return version < again.upon ? waits(envelope, putBackAt + ORDER_MS) : null;
}

/** Gives the outcome of a command that waits where the decider refuses it; null when the refusal stands. */
export function waitsRefused({ envelope, putBackAt, now }: Waiting, refusal: Refusal): CommandOutcome | null {
  if (envelope.again === undefined || putBackAt === null || now >= putBackAt + WAIT_MS) return null;
  const { kind } = refusal.kind === 'row_refused' ? refusal.why : refusal;
  return MAY_PASS[kind] ? waits(envelope, putBackAt + WAIT_MS) : null;
}

const waits = ({ id, seq }: Envelope, until: Instant): CommandOutcome => ({
  status: 'waits',
  id,
  seq,
  until,
});
