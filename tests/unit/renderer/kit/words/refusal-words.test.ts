import { describe, expect, test } from 'vitest';
import type { Refusal, RefusalKind } from '#shared/domain/refusal.ts';
import { readReference } from '#renderer/kit/context/reference.ts';
import { whenIn } from '#renderer/kit/words/when.ts';
import { refusalWords } from '#renderer/kit/words/refusal-words.ts';
import { wordsOf } from '#tests/e2e/harness/words.ts';
import { demoReference } from '#tests/fixtures/demo-rows.ts';
import { TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

/** One of every kind: the compiler asks for the kinds that are missing. */
const EVERY: { readonly [K in RefusalKind]: Extract<Refusal, { kind: K }> } = {
  no_such_incident: { kind: 'no_such_incident' },
  already_registered: { kind: 'already_registered' },
  role_may_not: { kind: 'role_may_not', role: 'observer' },
  not_your_agency: { kind: 'not_your_agency' },
  wrong_step: { kind: 'wrong_step', step: 'done' },
  already_claimed: { kind: 'already_claimed', by: 'operator-2' },
  not_holder: { kind: 'not_holder' },
  not_classified: { kind: 'not_classified' },
  unknown_topic: { kind: 'unknown_topic', topic: 'Снег' },
  unknown_agency: { kind: 'unknown_agency', agency: 'dep-zhkh' },
  already_routed: { kind: 'already_routed', to: 'meriya-birobidzhan', by: 'operator-2', at: TUESDAY_10 },
  changed_meanwhile: { kind: 'changed_meanwhile', field: 'topic', current: 'Дворы' },
  no_draft: { kind: 'no_draft' },
  other_submission: { kind: 'other_submission', by: 'operator-2', at: TUESDAY_10 },
  submission_unnamed: { kind: 'submission_unnamed' },
  own_reply: { kind: 'own_reply' },
  demand_unmet: { kind: 'demand_unmet', warning: 'undated_promise' },
  clock_wrong: { kind: 'clock_wrong' },
  date_in_past: { kind: 'date_in_past' },
  date_in_future: { kind: 'date_in_future' },
  deferred_too_long: { kind: 'deferred_too_long', latest: TUESDAY_10 },
  before_this_step: { kind: 'before_this_step', at: TUESDAY_10 },
  type_missing: { kind: 'type_missing' },
  outcome_missing: { kind: 'outcome_missing' },
  new_message: { kind: 'new_message', seen: 1, now: 2 },
  merge_into_itself: { kind: 'merge_into_itself' },
  incident_full: { kind: 'incident_full', part: 'notes', limit: 1000 },
  merge_target_missing: { kind: 'merge_target_missing' },
  merge_target_full: { kind: 'merge_target_full', part: 'messages', limit: 500 },
  merge_target_closed: { kind: 'merge_target_closed', step: 'rejected' },
  no_such_promise: { kind: 'no_such_promise' },
  move_unreasoned: { kind: 'move_unreasoned' },
  promise_settled: { kind: 'promise_settled', state: 'kept' },
  acted_on_top: { kind: 'acted_on_top', act: 'taken_to_work', by: 'operator-2', at: TUESDAY_10 },
  decided_meanwhile: { kind: 'decided_meanwhile', act: 'taken_to_work', by: 'operator-2', at: TUESDAY_10 },
  not_your_act: { kind: 'not_your_act', by: 'operator-2' },
  nothing_to_undo: { kind: 'nothing_to_undo' },
  already_there: { kind: 'already_there' },
  name_taken: { kind: 'name_taken', agency: 'dep-zhkh' },
  short_name_taken: { kind: 'short_name_taken', agency: 'dep-zhkh' },
  short_name_long: { kind: 'short_name_long', limit: 20 },
  agencies_in_ring: { kind: 'agencies_in_ring', agency: 'dep-zhkh' },
  too_many_levels: { kind: 'too_many_levels', limit: 4 },
  ends_before_beginning: { kind: 'ends_before_beginning' },
  agency_has_work: { kind: 'agency_has_work', incidents: 12, routes: 3 },
  agency_has_parts: { kind: 'agency_has_parts', count: 2 },
  agency_closed: { kind: 'agency_closed', agency: 'dep-zhkh' },
  successor_of_open: { kind: 'successor_of_open' },
  parts_alike: { kind: 'parts_alike' },
  route_from_nowhere: { kind: 'route_from_nowhere' },
  unknown_group: { kind: 'unknown_group', group: 'Дырги' },
  unknown_place: { kind: 'unknown_place', place: 'Город Бирабиджан' },
  topic_of_another_group: { kind: 'topic_of_another_group', topic: 'Ямы', group: 'Школы' },
  unknown_unit: { kind: 'unknown_unit', agency: 'dep-zhkh', unit: 'Отдел ям' },
  route_taken: { kind: 'route_taken', agency: 'dep-zhkh' },
  route_is_of_another_pair: { kind: 'route_is_of_another_pair' },
  place_taken: { kind: 'place_taken', municipality: 'birobidzhan' },
  short_place_taken: { kind: 'short_place_taken', municipality: 'birobidzhan' },
  place_in_use: { kind: 'place_in_use', incidents: 12, routes: 3 },
  place_needs_successor: { kind: 'place_needs_successor', incidents: 12, routes: 3 },
  place_closed: { kind: 'place_closed', municipality: 'birobidzhan' },
  places_in_ring: { kind: 'places_in_ring', municipality: 'birobidzhan' },
  unknown_municipality: { kind: 'unknown_municipality', municipality: 'birobidzhan' },
  settlement_twice: { kind: 'settlement_twice', settlement: 'с Бабстово' },
  topic_taken: { kind: 'topic_taken', topic: 'Ямы во дворах', group: 'Дороги' },
  short_topic_taken: { kind: 'short_topic_taken', topic: 'Ямы во дворах' },
  topic_in_use: { kind: 'topic_in_use', incidents: 12, rules: 3 },
  topic_ended: { kind: 'topic_ended', topic: 'Ямы во дворах' },
  topics_in_ring: { kind: 'topics_in_ring', topic: 'Ямы во дворах' },
  last_topic: { kind: 'last_topic' },
  row_refused: { kind: 'row_refused', row: 7, id: 'group-dorogi', why: { kind: 'route_from_nowhere' } },
  week_without_work: { kind: 'week_without_work' },
  year_without_work: { kind: 'year_without_work', year: 2027 },
  hours_backwards: { kind: 'hours_backwards', hours: '17:30–08:30' },
  break_outside: { kind: 'break_outside', hours: '08:30–17:30', rest: '18:00–19:00' },
  day_outside_calendar: { kind: 'day_outside_calendar', day: '2050-01-01', first: 2015, last: 2035 },
  unknown_zone: { kind: 'unknown_zone', zone: 'Asia/Birobidzhan' },
  policies_overlap: { kind: 'policies_overlap', policy: 'Дороги: 8 часов' },
  limit_too_long: { kind: 'limit_too_long', limit: 366 },
  warning_too_early: { kind: 'warning_too_early' },
  rule_without_condition: { kind: 'rule_without_condition' },
  unknown_variable: { kind: 'unknown_variable', variable: 'адресс' },
  word_of_no_letters: { kind: 'word_of_no_letters', word: '!!!' },
  rule_from_the_past: { kind: 'rule_from_the_past' },
  arms_unfit: { kind: 'arms_unfit', problem: 'too_heavy' },
  rating_sum: { kind: 'rating_sum', sum: 90, points: 100 },
  rating_backwards: { kind: 'rating_backwards', measure: 'speed' },
  rating_twice: { kind: 'rating_twice', measure: 'inTime' },
  malformed: { kind: 'malformed', path: 'args.text', problem: 'too long' },
  unknown_command: { kind: 'unknown_command', name: 'fly@1' },
};

const reference = readReference(demoReference(), 'Asia/Vladivostok');

describe.each(['ru', 'en'] as const)('in %s', (language) => {
  const say = (refusal: Refusal): string =>
    refusalWords(refusal, {
      t: wordsOf(language),
      reference,
      when: whenIn('Asia/Vladivostok', language),
      now: TUESDAY_10,
    });

  test.each(Object.values(EVERY))('$kind has a sentence with all its gaps filled', (refusal) => {
    const sentence = say(refusal);
    expect(sentence).toMatch(/[.]$/);
    expect(sentence).not.toMatch(/\{\{|refusal\.|undefined|operator-2|meriya|dep-zhkh/);
    expect(sentence).not.toBe(say({ kind: 'nothing_we_know' } as unknown as Refusal));
  });
});

test('who was faster is named, with the time', () => {
  const words = refusalWords(EVERY.already_routed, {
    t: wordsOf('ru'),
    reference,
    when: whenIn('Asia/Vladivostok', 'ru'),
    now: TUESDAY_10,
  });
  expect(words).toBe('Уже направлено: Мэрия Биробиджана. Направил(а) Д. Образцов, 10:00.');
});
