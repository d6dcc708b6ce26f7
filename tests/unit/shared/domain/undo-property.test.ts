import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#shared/domain/actor.ts';
import { decide } from '#shared/domain/decide.ts';
import type { IncidentEvent } from '#shared/domain/event.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { localDayAt } from '#shared/domain/time-zone.ts';
import { isUndoable, UNDO_DEPTH } from '#shared/domain/undo.ts';
import { DayBook } from '#shared/report/facts/day-book.ts';
import { factsOf, type Facts } from '#shared/report/facts/facts.ts';
import { contextAt, EXAMPLES, ID, OPERATOR, TARGET } from '#tests/fixtures/incident-builder.ts';
import { actOf, stateOf, undoOf } from '#tests/fixtures/undoing.ts';
import { INCIDENT_COMMANDS, incidentCommandFor } from '#tests/helpers/simulation/commands.ts';
import { NOON, REGISTER } from '#tests/helpers/sync-fixtures.ts';

const HOUR = 3_600_000;
const OFTEN = ['undo', 'undo', 'route', 'returnToCentre', 'classify', 'setImportance'] as const;
const AGENCIES = ['roads', 'housing', 'health'];
const PEOPLE: readonly Actor[] = [
  OPERATOR,
  { id: 'operator-2', role: 'administrator', agency: null },
  ...AGENCIES.map((agency): Actor => ({ id: `executor-${agency}`, role: 'executor', agency })),
];

/**
 * One thing somebody tries: who, which command, told apart by `n`, how many hours after the one
 * before.
 */
const trying = fc.record({
  who: fc.oneof(fc.constant(0), fc.nat(PEOPLE.length - 1)),
  // Undoing often, or histories of pairs would be rare.
  name: fc.oneof(fc.constantFrom(...INCIDENT_COMMANDS), fc.constantFrom(...OFTEN)),
  n: fc.nat(20),
  hours: fc.integer({ min: 0, max: 9 }),
});
type Trying = typeof trying extends fc.Arbitrary<infer T> ? T : never;

interface Life {
  readonly incident: Incident;
  readonly events: readonly IncidentEvent[];
}

const contextOf = (at: number, actor: Actor, command: string) =>
  contextAt(at, { actor, command, hasAgency: (id) => AGENCIES.includes(id), target: TARGET });

const REGISTERED: Life = (() => {
  const command = { name: 'register', args: REGISTER } as const;
  const decision = decide(ID, null, command, contextOf(NOON, OPERATOR, actOf(900)));
  if (!decision.ok) throw new Error(decision.refusal.kind);
  return { incident: evolveAll(ID, null, decision.events), events: decision.events };
})();

const factsAt = (incident: Incident) => factsOf(incident, contextAt(NOON));

/** Lives a history; `onAct` sees each act that was accepted, with what was before it. */
function live(
  tries: readonly Trying[],
  onAct: (before: Life, after: Life, at: number, actor: Actor, id: string, name: string) => void = () =>
    undefined,
): Life {
  let life = REGISTERED;
  let at = NOON;
  for (const [index, { who, name, n, hours }] of tries.entries()) {
    at += hours * HOUR;
    const actor = must(PEOPLE[who], 'a person');
    const command = name === 'merge' ? EXAMPLES.merge : incidentCommandFor(name, life.incident, n);
    const id = actOf(index);
    const decision = decide(ID, life.incident, command, contextOf(at, actor, id));
    if (!decision.ok || decision.events.length === 0) continue;
    const before = life;
    life = {
      incident: evolveAll(ID, before.incident, decision.events),
      events: [...before.events, ...decision.events],
    };
    onAct(before, life, at, actor, id, command.name);
  }
  return life;
}

const histories = fc.array(trying, { minLength: 20, maxLength: 60 });

/** Kinds of commands that can be taken back. */
const UNDOABLE = INCIDENT_COMMANDS.filter((name) => isUndoable(name));

/** A history that ends with acts of one person alone. */
const ownAtLast = fc
  .tuple(
    histories,
    fc.array(
      fc.record({
        who: fc.constant(0),
        name: fc.constantFrom(...UNDOABLE),
        n: fc.nat(20),
        hours: fc.integer({ min: 0, max: 9 }),
      }),
      { minLength: 10, maxLength: 20 },
    ),
  )
  .map(([before, own]) => [...before, ...own]);

describe('whatever happened before', () => {
  test('an act and its undo leave the state before it, and every figure', () => {
    let pairs = 0;
    fc.assert(
      fc.property(histories, (tries) => {
        live(tries, (before, after, at, actor, id, name) => {
          if (!isUndoable(name as never)) return;
          const decision = decide(ID, after.incident, undoOf(id), contextOf(at, actor, actOf(901)));
          if (!decision.ok) throw new Error(`${name}: ${decision.refusal.kind}`);
          const undone = evolveAll(ID, after.incident, decision.events);
          expect(stateOf(undone)).toEqual(stateOf(before.incident));
          expect(factsAt(undone)).toEqual(factsAt(before.incident));
          pairs += 1;
        });
      }),
      { numRuns: 300 },
    );
    expect(pairs).toBeGreaterThan(300);
  });

  test('a history with pairs in it ends as the one without them, but for endings of an earlier day', () => {
    let pairs = 0;
    fc.assert(
      fc.property(histories, (tries) => {
        const { incident, events } = live(tries);
        const kept = withoutPairs(events);
        pairs += (events.length - kept.length) / 2;
        const plain = evolveAll(ID, null, kept);
        expect(stateOf(incident)).toEqual(stateOf(plain));
        const reopened = events.filter((event) => event.name === 'undone' && event.reopens).length;
        const [facts, lived] = [factsAt(plain), factsAt(incident)];
        // Those endings stay counted in their days, and nothing else is different.
        expect(lived.endings).toEqual(expect.arrayContaining([...facts.endings]));
        expect(lived.endings).toHaveLength(facts.endings.length + reopened);
        const without = { ...lived, endings: facts.endings };
        expect(without).toEqual({ ...facts, reopened: facts.reopened + reopened });
        expect(daysOf(without)).toEqual(daysOf(facts));
      }),
      { numRuns: 300 },
    );
    expect(pairs).toBeGreaterThan(100);
  });

  test('own gestures of any size go back whole, one by one, the newest first', () => {
    let gestures = 0;
    const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: UNDO_DEPTH, maxLength: UNDO_DEPTH });
    fc.assert(
      fc.property(ownAtLast, sizes, (tries, cuts) => {
        const own: { readonly id: string; readonly before: Incident }[] = [];
        const { incident } = live(tries, (before, _after, _at, actor, id, name) => {
          // Only what lies above everything else can go back.
          if (actor !== OPERATOR || !isUndoable(name as never)) own.length = 0;
          else own.push({ id, before: before.incident });
        });
        let row = incident;
        for (const size of cuts) {
          const gesture = own.splice(-size);
          if ((row.undoable?.length ?? 0) < gesture.length || gesture.length === 0) break;
          for (const { id } of gesture.toReversed()) {
            const decision = decide(ID, row, undoOf(id), contextOf(NOON + 999 * HOUR, OPERATOR, actOf(902)));
            if (!decision.ok) throw new Error(decision.refusal.kind);
            row = evolveAll(ID, row, decision.events);
          }
          expect(stateOf(row)).toEqual(stateOf(must(gesture[0], 'an act').before));
          if (gesture.length > 1) gestures += 1;
        }
      }),
      { numRuns: 300 },
    );
    expect(gestures).toBeGreaterThan(100);
  });

  test('the stored events alone give the row again', () => {
    fc.assert(
      fc.property(histories, (tries) => {
        const { incident, events } = live(tries);
        const stored = JSON.parse(JSON.stringify(events)) as IncidentEvent[];
        expect(evolveAll(ID, null, stored)).toEqual(incident);
      }),
      { numRuns: 300 },
    );
  });

  test('nobody takes back what another did, or what another built on', () => {
    fc.assert(
      fc.property(histories, (tries) => {
        const { incident } = live(tries);
        for (const { command, line } of incident.undoable ?? []) {
          const by = incident.history[line]?.by;
          for (const actor of PEOPLE) {
            const decision = decide(
              ID,
              incident,
              undoOf(command),
              contextOf(NOON + 999 * HOUR, actor, actOf(901)),
            );
            const above = incident.history
              .slice(line + 1)
              .filter(({ event, undone }) => undone !== true && event !== 'undone');
            const isOnTop = above.every(
              (entry) => entry.event === 'message_received' || (entry.event === 'noted' && entry.by === by),
            );
            expect([by, actor.id, decision.ok]).toEqual([by, actor.id, actor.id === by && isOnTop]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

function daysOf(facts: Facts): readonly unknown[] {
  const book = new DayBook();
  book.enter(facts, (at) => localDayAt('Asia/Vladivostok', at));
  return [...book.entries()];
}

/** The events without those that were taken back, their deadlines, and the taking back. */
function withoutPairs(events: readonly IncidentEvent[]): readonly IncidentEvent[] {
  const undone = new Set(events.flatMap((event) => (event.name === 'undone' ? [event.event] : [])));
  return events.filter(({ name, command }) => name !== 'undone' && !undone.has(command ?? ''));
}
