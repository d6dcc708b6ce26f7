import type { DemandableKind } from './reply-check/reply-warning.ts';
import type { PromiseState } from './incident.ts';
import type { Instant } from './instant.ts';
import type { StepName } from './step.ts';

/**
 * The named reason why a command is not accepted. Every kind has a sentence under `refusal.<kind>` in both
 * languages; the other fields fill its gaps. A refused command is kept and shown, never dropped.
 */
export type Refusal =
  | { readonly kind: 'no_such_incident' }
  | { readonly kind: 'already_registered' }
  | { readonly kind: 'role_may_not'; readonly role: string }
  | { readonly kind: 'not_your_agency' }
  | { readonly kind: 'wrong_step'; readonly step: StepName }
  | { readonly kind: 'already_claimed'; readonly by: string }
  | { readonly kind: 'not_holder' }
  | { readonly kind: 'not_classified' }
  | { readonly kind: 'unknown_topic'; readonly topic: string }
  | { readonly kind: 'unknown_agency'; readonly agency: string }
  | { readonly kind: 'already_routed'; readonly to: string; readonly by: string; readonly at: Instant }
  | { readonly kind: 'changed_meanwhile'; readonly field: string; readonly current: string }
  | { readonly kind: 'no_draft' }
  | { readonly kind: 'other_submission'; readonly by: string; readonly at: Instant }
  /** Somebody decided the same thing since (`act`: an event's name), which this decision did not know of. */
  | { readonly kind: 'decided_meanwhile'; readonly act: string; readonly by: string; readonly at: Instant }
  /** A word about a reply on approval from before submissions had numbers. */
  | { readonly kind: 'submission_unnamed' }
  /** The person approves a reply of their own, which the region's rules forbid. */
  | { readonly kind: 'own_reply' }
  /** A reply that does not meet what the region demands of every one: the first thing of it. */
  | { readonly kind: 'demand_unmet'; readonly warning: DemandableKind }
  /** The workstation's clock was no clock when the person acted. */
  | { readonly kind: 'clock_wrong' }
  | { readonly kind: 'date_in_past' }
  | { readonly kind: 'date_in_future' }
  /** Put off by an agency for longer than the region lets it: `latest` is the last moment it may. */
  | { readonly kind: 'deferred_too_long'; readonly latest: Instant }
  /** An act entered afterwards cannot have happened before `at`: since then the incident stands here. */
  | { readonly kind: 'before_this_step'; readonly at: Instant }
  | { readonly kind: 'type_missing' }
  | { readonly kind: 'outcome_missing' }
  | { readonly kind: 'new_message'; readonly seen: number; readonly now: number }
  | { readonly kind: 'merge_into_itself' }
  | { readonly kind: 'merge_target_missing' }
  | { readonly kind: 'merge_target_closed'; readonly step: StepName }
  | { readonly kind: 'no_such_promise' }
  /** A promise is given another moment, and nobody says why. */
  | { readonly kind: 'move_unreasoned' }
  /** It was kept, broken or taken off, so there is nothing to move. */
  | { readonly kind: 'promise_settled'; readonly state: PromiseState }
  /** Somebody did `act` since (an event's name), so what is to be undone is no longer the last word. */
  | { readonly kind: 'acted_on_top'; readonly act: string; readonly by: string; readonly at: Instant }
  | { readonly kind: 'not_your_act'; readonly by: string }
  | { readonly kind: 'nothing_to_undo' }
  /** It holds as many of `part` as an incident may (shared/domain/fullness.ts). */
  | { readonly kind: 'incident_full'; readonly part: string; readonly limit: number }
  /** Merged they would hold more of `part` than one incident may. */
  | { readonly kind: 'merge_target_full'; readonly part: string; readonly limit: number }
  /** A new record under an id that somebody else's has. */
  | { readonly kind: 'already_there' }
  /** Another agency has this name, or a short name that looks the same. */
  | { readonly kind: 'name_taken'; readonly agency: string }
  | { readonly kind: 'short_name_taken'; readonly agency: string }
  | { readonly kind: 'short_name_long'; readonly limit: number }
  /** The agency would be a part of itself, or its own successor. */
  | { readonly kind: 'agencies_in_ring'; readonly agency: string }
  | { readonly kind: 'too_many_levels'; readonly limit: number }
  | { readonly kind: 'ends_before_beginning' }
  /** It closes with work on its hands and names no successor. */
  | { readonly kind: 'agency_has_work'; readonly incidents: number; readonly routes: number }
  | { readonly kind: 'agency_has_parts'; readonly count: number }
  | { readonly kind: 'agency_closed'; readonly agency: string }
  | { readonly kind: 'successor_of_open' }
  | { readonly kind: 'parts_alike' }
  /** A route leads from neither a topic, nor a group, nor a place. */
  | { readonly kind: 'route_from_nowhere' }
  | { readonly kind: 'unknown_group'; readonly group: string }
  | { readonly kind: 'unknown_place'; readonly place: string }
  | { readonly kind: 'topic_of_another_group'; readonly topic: string; readonly group: string }
  | { readonly kind: 'unknown_unit'; readonly agency: string; readonly unit: string }
  /** The pair of topic and place has a route in those days, to `agency`. */
  | { readonly kind: 'route_taken'; readonly agency: string }
  /** A route stays with its topic and place. */
  | { readonly kind: 'route_is_of_another_pair' }
  /** Another municipality has this name, or a short name that looks the same. */
  | { readonly kind: 'place_taken'; readonly municipality: string }
  | { readonly kind: 'short_place_taken'; readonly municipality: string }
  /** Incidents and routes know it by the name that would be changed. */
  | { readonly kind: 'place_in_use'; readonly incidents: number; readonly routes: number }
  /** It would end although it is in use, and nobody would have its ground. */
  | { readonly kind: 'place_needs_successor'; readonly incidents: number; readonly routes: number }
  | { readonly kind: 'place_closed'; readonly municipality: string }
  | { readonly kind: 'places_in_ring'; readonly municipality: string }
  | { readonly kind: 'unknown_municipality'; readonly municipality: string }
  | { readonly kind: 'settlement_twice'; readonly settlement: string }
  /** A topic of this name, or of one that looks the same, is in force in the same days. */
  | { readonly kind: 'topic_taken'; readonly topic: string; readonly group: string }
  | { readonly kind: 'short_topic_taken'; readonly topic: string }
  /** Incidents, routes and deadlines know it by the name or the group that would be changed. */
  | { readonly kind: 'topic_in_use'; readonly incidents: number; readonly rules: number }
  /** Its successor ends no later than it does. */
  | { readonly kind: 'topic_ended'; readonly topic: string }
  | { readonly kind: 'topics_in_ring'; readonly topic: string }
  /** No topic would be in force. */
  | { readonly kind: 'last_topic' }
  /** One of many rows saved together; none of them is. `row` counts them from 1. */
  | { readonly kind: 'row_refused'; readonly row: number; readonly id: string; readonly why: RowRefusal }
  /** A calendar by which nobody ever works. */
  | { readonly kind: 'week_without_work' }
  | { readonly kind: 'year_without_work'; readonly year: number }
  | { readonly kind: 'hours_backwards'; readonly hours: string }
  | { readonly kind: 'break_outside'; readonly hours: string; readonly rest: string }
  /** No such day, or one outside the years that calendars are counted for. */
  | {
      readonly kind: 'day_outside_calendar';
      readonly day: string;
      readonly first: number;
      readonly last: number;
    }
  | { readonly kind: 'unknown_zone'; readonly zone: string }
  /** Another policy fits the same messages in the same days. */
  | { readonly kind: 'policies_overlap'; readonly policy: string }
  /** `limit` in days. */
  | { readonly kind: 'limit_too_long'; readonly limit: number }
  | { readonly kind: 'warning_too_early' }
  /** A rule of importance that would fit every message. */
  | { readonly kind: 'rule_without_condition' }
  /** A template names in braces what nobody can fill. */
  | { readonly kind: 'unknown_variable'; readonly variable: string }
  /** Nothing that could stand in a message: signs alone. */
  | { readonly kind: 'word_of_no_letters'; readonly word: string }
  /** A rule may not change what came before it was made. */
  | { readonly kind: 'rule_from_the_past' }
  /** `problem` is one of `ARMS_PROBLEMS`. */
  | { readonly kind: 'arms_unfit'; readonly problem: string }
  /** Points of a rating's measures come to `sum` and not to `points`. */
  | { readonly kind: 'rating_sum'; readonly sum: number; readonly points: number }
  /** More points for what is worse, or a share above one. */
  | { readonly kind: 'rating_backwards'; readonly measure: string }
  | { readonly kind: 'rating_twice'; readonly measure: string }
  | { readonly kind: 'malformed'; readonly path: string; readonly problem: string }
  | { readonly kind: 'unknown_command'; readonly name: string };

/** Why one of many rows is refused. */
export type RowRefusal = Exclude<Refusal, { readonly kind: 'row_refused' }>;

export type RefusalKind = Refusal['kind'];
