import { describe, expect, test } from 'vitest';
import type { ArgsOf, IncidentCommand } from '#shared/domain/command.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { promisedMoment } from '#shared/domain/promises/promised-moment.ts';
import { parseLocalTimestamp } from '#shared/domain/time-zone.ts';
import { build, contextAt, ID, MINUTE, TUESDAY_10, WAY_TO } from '#tests/fixtures/incident-builder.ts';
import { actOf, undoOf } from '#tests/fixtures/undoing.ts';

const DUE = TUESDAY_10 + 5000 * MINUTE;
const NEXT = TUESDAY_10 + 20_000 * MINUTE;
const NOW = TUESDAY_10 + 120 * MINUTE;
const { calendar } = contextAt(NOW);
const promised = build(
  WAY_TO.satisfaction.map((command): IncidentCommand => {
    if (command.name !== 'draftReply') return command;
    const promises = [{ due: DUE, phrase: 'до пятницы', precision: 'period' as const }];
    return { name: 'draftReply', args: { ...command.args, promises } };
  }),
);

const move = (over: Partial<ArgsOf<'movePromise'>> = {}): IncidentCommand => ({
  name: 'movePromise',
  args: { promise: 0, due: NEXT, precision: 'day', reason: 'ждём асфальт', ...over },
});

function carried(incident: Incident, command: IncidentCommand, act = actOf(0)): Incident | string {
  const decision = decide(ID, incident, command, contextAt(NOW, { command: act }));
  return decision.ok ? evolveAll(ID, incident, decision.events) : decision.refusal.kind;
}

function done(incident: Incident, command: IncidentCommand, act?: string): Incident {
  const after = carried(incident, command, act);
  if (typeof after === 'string') throw new Error(after);
  return after;
}

test('a promise is moved to another moment, as exactly as that is named, and the history says why', () => {
  const { promises, history } = done(promised, move());
  expect(promises).toEqual([{ id: 0, phrase: 'до пятницы', state: 'open', due: NEXT, precision: 'day' }]);
  expect(history.at(-1)).toMatchObject({
    event: 'promise_moved',
    detail: { promise: 0, due: NEXT, precision: 'day', reason: 'ждём асфальт' },
  });
});

test('the same move comes once, however often it is sent', () => {
  const moved = done(promised, move());
  expect(decide(ID, moved, move({ reason: 'ещё раз' }), contextAt(NOW))).toMatchObject({
    ok: true,
    events: [],
  });
});

test('a move is taken back with its precision', () => {
  const back = done(done(promised, move()), undoOf(actOf(0)), actOf(1));
  expect(back.promises).toEqual(promised.promises);
  expect(back.history.at(-2)).toMatchObject({ event: 'promise_moved', undone: true });
});

const settled = (state: 'kept' | 'broken'): Incident =>
  done(promised, { name: 'editPromise', args: { promise: 0, due: DUE, state } });

test.each([
  ['without a reason', promised, move({ reason: '' }), 'move_unreasoned'],
  ['to a moment that is past', promised, move({ due: NOW }), 'date_in_past'],
  ['that was kept', settled('kept'), move(), 'promise_settled'],
  ['that was broken', settled('broken'), move(), 'promise_settled'],
  ['that is not there', promised, move({ promise: 1 }), 'no_such_promise'],
  [
    'by the way of its state, which names no reason',
    promised,
    { name: 'editPromise', args: { promise: 0, due: NEXT, state: 'open' } },
    'move_unreasoned',
  ],
] as const)('no promise is moved %s', (_, incident, command, refusal) => {
  expect(carried(incident, command)).toBe(refusal);
});

describe('the moment of a typed day', () => {
  const at = (text: string): number | null => parseLocalTimestamp(calendar.data.zone, text);

  test.each([
    ['2022-01-21', '', { due: at('2022-01-21 17:30'), precision: 'day' }],
    ['2022-01-22', '', { due: at('2022-01-22 23:59'), precision: 'day' }],
    ['2022-01-21', '14:30', { due: at('2022-01-21 14:30'), precision: 'hour' }],
    ['2022-02-31', '', null],
    ['2022-01-21', '25:00', null],
    ['2099-01-21', '', null],
    ['', '14:30', null],
  ])('«%s» «%s»', (date, hour, moment) => {
    expect(promisedMoment(date, hour, calendar)).toEqual(moment);
  });
});
