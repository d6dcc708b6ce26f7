import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { decide } from '#shared/domain/decide.ts';
import type { IncidentEvent } from '#shared/domain/event.ts';
import { evolve, evolveAll } from '#shared/domain/evolve.ts';
import { historyOf } from '#shared/domain/history.ts';
import { NO_PLACE, type Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { withOldValues } from '#shared/domain/old-values.ts';
import {
  AGENCY,
  build,
  contextAt,
  EXAMPLES as E,
  ID,
  MINUTE,
  PLACE,
  REGISTER,
  TARGET,
  TUESDAY_10,
  WAY_TO,
} from '#tests/fixtures/incident-builder.ts';
import { actOf, undoOf } from '#tests/fixtures/undoing.ts';
import { eventsOfLife } from '#tests/fixtures/working-life.ts';

const classify = (group: string, topic: string, from: string): IncidentCommand => ({
  name: 'classify',
  args: { group, topic, from },
});
const routeTo = (agency: string, unit: string, from: string): IncidentCommand => ({
  name: 'route',
  args: { agency, unit, from, reason: '' },
});
const importance = (value: 'ordinary' | 'high'): IncidentCommand => ({
  name: 'setImportance',
  args: { importance: value, reason: '' },
});
const kept = (due: number): IncidentCommand => ({
  name: 'editPromise',
  args: { promise: 0, due, state: 'kept' },
});
const movedTo = (due: number): IncidentCommand => ({
  name: 'movePromise',
  args: { promise: 0, due, precision: 'hour', reason: 'ждём деталь' },
});
const DUE = TUESDAY_10 + 5000 * MINUTE;
const promising: IncidentCommand = {
  name: 'draftReply',
  args: { text: 'Перекрёсток расчищен.', kind: 'interim', promises: [{ due: DUE, phrase: 'до пятницы' }] },
};
const PROMISED = WAY_TO.satisfaction.map((command) => (command === E.draftReply ? promising : command));

/**
 * Carries commands out one after another, each with an id of its own; 'undo' is of the last act that stands.
 */
function live(commands: readonly (IncidentCommand | 'undo')[]): Incident {
  let incident: Incident | null = null;
  const ids: string[] = [];
  for (const [index, wish] of commands.entries()) {
    const id = actOf(index);
    const command = wish === 'undo' ? undoOf(ids.pop() ?? '') : wish;
    const context = contextAt(TUESDAY_10 + index * 5 * MINUTE, { command: id, target: TARGET });
    const decision = decide(ID, incident, command, context);
    if (!decision.ok) throw new Error(`${command.name}: ${decision.refusal.kind}`);
    if (wish !== 'undo') ids.push(id);
    incident = evolveAll(ID, incident, decision.events);
  }
  if (incident === null) throw new Error('nobody came in');
  return incident;
}

/** The lines of one kind: the value each put, and the value that stood there. */
const told = (incident: Incident, event: string): readonly (readonly [object, object | undefined])[] =>
  withOldValues(incident)
    .filter((entry) => entry.event === event)
    .map(({ detail, was }) => [detail, was]);

const ROADS = { group: 'Дороги', topic: 'Снег' };
const HEAT = { group: 'ЖКХ', topic: 'Отопление' };

/** Acts, the kind of line, and the values that stood before each line of that kind. */
const CASES: readonly (readonly [
  string,
  readonly (IncidentCommand | 'undo')[],
  string,
  readonly unknown[],
])[] = [
  [
    'the first topic has replaced nothing, the second the first',
    [REGISTER, classify('Дороги', 'Снег', ''), classify('ЖКХ', 'Отопление', 'Снег')],
    'classified',
    [undefined, ROADS],
  ],
  [
    'a topic that was taken back has never stood',
    [
      REGISTER,
      classify('Дороги', 'Снег', ''),
      classify('ЖКХ', 'Отопление', 'Снег'),
      'undo',
      classify('ЖКХ', 'Вода', 'Снег'),
    ],
    'classified',
    [undefined, ROADS, ROADS],
  ],
  [
    'two taken back one after another leave what was before both',
    [
      REGISTER,
      classify('Дороги', 'Снег', ''),
      classify('ЖКХ', 'Отопление', 'Снег'),
      classify('ЖКХ', 'Вода', 'Отопление'),
      'undo',
      'undo',
      classify('ЖКХ', 'Вода', 'Снег'),
    ],
    'classified',
    [undefined, ROADS, HEAT, ROADS],
  ],
  [
    'everything begins ordinary',
    [REGISTER, importance('high'), importance('ordinary')],
    'importance_set',
    [{ importance: 'ordinary' }, { importance: 'high' }],
  ],
  [
    'a place is told as a line',
    [REGISTER, E.place, { name: 'place', args: { place: { ...PLACE, house: '2' }, from: PLACE } }],
    'placed',
    [undefined, { place: 'Биробиджан, Примерная, 1' }],
  ],
  [
    'the addressee is the last one, also while the centre has it back',
    [
      REGISTER,
      classify('Дороги', 'Снег', ''),
      routeTo(AGENCY, '', ''),
      routeTo('dgk', 'участок', AGENCY),
      E.returnToCentre,
      routeTo(AGENCY, '', ''),
    ],
    'routed',
    [undefined, { agency: AGENCY, unit: '' }, { agency: 'dgk', unit: 'участок' }],
  ],
  [
    'a promise was given with the reply; it moves, and moves on',
    [...PROMISED, movedTo(DUE + MINUTE), movedTo(DUE + 2 * MINUTE)],
    'promise_moved',
    [
      { due: DUE, precision: null },
      { due: DUE + MINUTE, precision: 'hour' },
    ],
  ],
  [
    'a promise that was moved is kept',
    [...PROMISED, movedTo(DUE + MINUTE), kept(DUE + MINUTE)],
    'promise_edited',
    [{ due: DUE + MINUTE, state: 'open' }],
  ],
  [
    'a move of a promise that was taken back has never stood',
    [...PROMISED, movedTo(DUE + MINUTE), 'undo', kept(DUE)],
    'promise_edited',
    [{ due: DUE, state: 'open' }],
  ],
  [
    'a deferral that moves on; after work in between it is a new one',
    [
      ...WAY_TO.deferred,
      { name: 'defer', args: { until: TUESDAY_10 + 90_000 * MINUTE, reason: '' } },
      E.takeToWork,
      E.defer,
    ],
    'deferred',
    [undefined, { until: TUESDAY_10 + 100_000 * MINUTE }, undefined],
  ],
  ['an outcome ends with the reopening', [...WAY_TO.done, E.reopen, E.reject], 'outcome_set', [undefined]],
];

test.each(CASES)('%s', (_, commands, event, was) => {
  expect(told(live(commands), event).map(([, old]) => old)).toEqual(was);
});

test('the value that stands is never told as the old one', () => {
  const twice = live([REGISTER, classify('ЖКХ', 'Отопление', '')]);
  const again = { ...twice, history: [...twice.history, ...twice.history.slice(-1)] };
  expect(told(again, 'classified').map(([, old]) => old)).toEqual([undefined, undefined]);
  expect(told(build([REGISTER]), 'classified')).toEqual([]);
});

test('a registration over an older one begins anew', () => {
  const life = live([REGISTER, classify('Дороги', 'Снег', '')]);
  const { history } = life;
  const incident = { ...life, history: [...history, ...history] };
  expect(told(incident, 'classified').map(([, old]) => old)).toEqual([undefined, undefined]);
});

describe('of any life', () => {
  /** Gives what an event replaces, read off the incident as it was: an oracle that knows nothing of lines. */
  function replaced(before: Incident, event: IncidentEvent): object | undefined {
    const assignment = before.assignments.at(-1);
    switch (event.name) {
      case 'classified':
        return before.classification ?? undefined;
      case 'typed':
        return before.type === null ? undefined : { type: before.type };
      case 'importance_set':
        return { importance: before.importance };
      case 'placed':
        return before.place === NO_PLACE
          ? undefined
          : historyOf({ ...event, name: 'placed', place: before.place }).detail;
      case 'routed':
        return assignment && { agency: assignment.agency, unit: assignment.unit };
      case 'outcome_set':
        return before.outcome === null ? undefined : { outcome: before.outcome };
      case 'deferred':
        return before.step.name === 'deferred' ? { until: before.step.until } : undefined;
      case 'promise_edited': {
        const { due, state } = before.promises[event.promise] ?? {};
        return { due, state };
      }
      case 'promise_moved': {
        const { due, precision = null } = before.promises[event.promise] ?? {};
        return { due, precision };
      }
      case 'survey_recorded':
        return before.survey === null ? undefined : { grade: before.survey.grade };
      default:
        return undefined;
    }
  }

  const VALUES = [
    'classify',
    'place',
    'setImportance',
    'setOutcome',
    'recordSurvey',
    'defer',
    'route',
  ] as const;
  const attempt = fc.record({
    what: fc.constantFrom('any', 'any', 'any', 'onward', 'undo', 'reopen'),
    name: fc.constantFrom(...VALUES),
    n: fc.nat(20),
    hours: fc.nat(9),
  });
  const lives = fc.array(attempt, { minLength: 10, maxLength: 60 });

  it('the old value is what the incident had', () => {
    let seen = 0;
    fc.assert(
      fc.property(lives, (attempts) => {
        const expected: (object | undefined)[] = [];
        let incident: Incident | null = null;
        for (const event of eventsOfLife(ID, TUESDAY_10, attempts)) {
          const was = incident === null ? undefined : replaced(incident, event);
          const known: number = incident?.history.length ?? 0;
          incident = evolve(ID, incident, event);
          const line = incident.history[known];
          if (line === undefined) continue;
          const isSame = Object.entries(was ?? {}).every(([field, value]) => line.detail[field] === value);
          expected.push(isSame ? undefined : was);
        }
        const lines = withOldValues(must(incident, 'a life'));
        expect(lines.map(({ was }) => was)).toEqual(expected);
        seen += lines.filter(({ was }) => was !== undefined).length;
      }),
    );
    expect(seen).toBeGreaterThan(100);
  });
});
