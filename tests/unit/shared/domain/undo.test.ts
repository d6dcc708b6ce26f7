import { describe, expect, it } from 'vitest';
import type { Actor } from '#shared/domain/actor.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import { isUndoable, UNDO_DEPTH, UNDOABLE, type UndoableCommand } from '#shared/domain/undo.ts';
import {
  AGENCY,
  build,
  contextAt,
  EXAMPLES as E,
  ID,
  MINUTE,
  OPERATOR,
  TARGET,
  TUESDAY_10,
  WAY_TO,
} from '#tests/fixtures/incident-builder.ts';
import { actOf, countedOf, stateOf, undoOf } from '#tests/fixtures/undoing.ts';

const OTHER: Actor = { id: 'operator-2', role: 'operator', agency: null };
const EXECUTOR: Actor = { id: 'executor-1', role: 'executor', agency: AGENCY };
const PAGE: Actor = { id: 'channel:1', role: 'system', agency: null };

type Act = readonly [actor: Actor, command: IncidentCommand | 'undo' | 'undo the first'];

const LATER = TUESDAY_10 + 120 * MINUTE;

/**
 * Carries acts out one after another on top of an incident, each with a command id of its own; `undo` is of
 * the last act before.
 */
function after(start: Incident, acts: readonly Act[]): { incident: Incident; refusal: string | null } {
  let incident = start;
  const ids: string[] = [];
  for (const [index, [actor, wish]] of acts.entries()) {
    const id = actOf(index);
    const wanted = wish === 'undo the first' ? ids[0] : ids.at(-1);
    const command = wish === 'undo' || wish === 'undo the first' ? undoOf(wanted ?? '') : wish;
    const context = contextAt(LATER + index * MINUTE, { actor, command: id, target: TARGET });
    const decision = decide(ID, incident, command, context);
    if (!decision.ok) return { incident, refusal: decision.refusal.kind };
    if (decision.events.length > 0) incident = evolveAll(ID, incident, decision.events);
    if (command.name === 'undo') ids.pop();
    else ids.push(id);
  }
  return { incident, refusal: null };
}

const route: IncidentCommand = { name: 'route', args: { agency: AGENCY, unit: '', from: '', reason: '' } };
const start = build(WAY_TO.new);

/**
 * Who does what on a classified message, and whether the last act, an undo, is carried out (null) or refused.
 */
const CASES: readonly (readonly [string, readonly Act[], string | null])[] = [
  [
    'a route nobody touched',
    [
      [OPERATOR, route],
      [OPERATOR, 'undo'],
    ],
    null,
  ],
  [
    'a route twice taken back',
    [
      [OPERATOR, route],
      [OPERATOR, 'undo'],
      [OPERATOR, 'undo'],
    ],
    'nothing_to_undo',
  ],
  [
    "another person's route",
    [
      [OPERATOR, route],
      [OTHER, 'undo'],
    ],
    'not_your_act',
  ],
  [
    'a route the agency took to work',
    [
      [OPERATOR, route],
      [EXECUTOR, E.takeToWork],
      [OPERATOR, 'undo the first'],
    ],
    'acted_on_top',
  ],
  [
    'a route the agency wrote a note to',
    [
      [OPERATOR, route],
      [EXECUTOR, E.note],
      [OPERATOR, 'undo the first'],
    ],
    'acted_on_top',
  ],
  [
    'a route a colleague put a tag on',
    [
      [OPERATOR, route],
      [OTHER, E.tag],
      [OPERATOR, 'undo the first'],
    ],
    'acted_on_top',
  ],
  [
    'a route whose tag was taken back',
    [
      [OPERATOR, route],
      [OTHER, E.tag],
      [OTHER, 'undo'],
      [OPERATOR, 'undo'],
    ],
    null,
  ],
  [
    'a route the same person noted',
    [
      [OPERATOR, route],
      [OPERATOR, E.note],
      [OPERATOR, 'undo the first'],
    ],
    null,
  ],
  [
    'a route the resident wrote after',
    [
      [OPERATOR, route],
      [PAGE, E.receiveMessage],
      [OPERATOR, 'undo the first'],
    ],
    null,
  ],
  [
    'a route whose message was edited',
    [
      [OPERATOR, route],
      [PAGE, E.changeSource],
      [OPERATOR, 'undo the first'],
    ],
    null,
  ],
  [
    'the older of two own acts',
    [
      [OPERATOR, route],
      [OPERATOR, E.claim],
      [OPERATOR, 'undo the first'],
    ],
    'acted_on_top',
  ],
  [
    'two own acts, the newer first',
    [
      [OPERATOR, route],
      [OPERATOR, E.claim],
      [OPERATOR, 'undo'],
      [OPERATOR, 'undo'],
    ],
    null,
  ],
  [
    'an own act one went on from',
    [
      [OPERATOR, route],
      [OPERATOR, E.takeToWork],
      [OPERATOR, 'undo the first'],
    ],
    'acted_on_top',
  ],
  [
    'a claim another wrote a note to',
    [
      [OPERATOR, E.claim],
      [OTHER, E.note],
      [OPERATOR, 'undo the first'],
    ],
    'acted_on_top',
  ],
  [
    "an executor's return",
    [
      [OPERATOR, route],
      [EXECUTOR, E.returnToCentre],
      [EXECUTOR, 'undo'],
    ],
    null,
  ],
  [
    "an executor's return sent on",
    [
      [OPERATOR, route],
      [EXECUTOR, E.returnToCentre],
      [OTHER, route],
      [EXECUTOR, 'undo'],
    ],
    'not_your_agency',
  ],
  [
    "an observer's wish",
    [
      [OPERATOR, route],
      [{ ...OTHER, role: 'observer' }, 'undo'],
    ],
    'role_may_not',
  ],
];

describe('what may be taken back', () => {
  it.each(CASES)('%s', (_what, acts, refusal) => {
    expect(after(start, acts).refusal).toBe(refusal);
  });

  it('names who acted on top, what and when', () => {
    const { incident } = after(start, [
      [OPERATOR, route],
      [EXECUTOR, E.takeToWork],
    ]);
    const decision = decide(ID, incident, undoOf(actOf(0)), contextAt(LATER + 9 * MINUTE));
    expect(decision).toEqual({
      ok: false,
      refusal: { kind: 'acted_on_top', act: 'taken_to_work', by: 'executor-1', at: LATER + MINUTE },
    });
  });

  it('is the same wish once fulfilled, however often it comes', () => {
    const { incident } = after(start, [
      [OPERATOR, route],
      [OPERATOR, 'undo'],
    ]);
    const again = decide(ID, incident, undoOf(actOf(0)), contextAt(LATER + 9 * MINUTE));
    expect(again).toEqual({ ok: true, events: [], merged: [] });
  });

  it('goes ten acts back in one incident', () => {
    const tags = Array.from({ length: UNDO_DEPTH + 1 }, (_, n): Act => [
      OPERATOR,
      { name: 'tag', args: { add: [`метка ${n}`], remove: [] } },
    ]);
    const back = Array.from({ length: UNDO_DEPTH }, (): Act => [OPERATOR, 'undo']);
    expect(after(start, [...tags, ...back])).toMatchObject({
      refusal: null,
      incident: { tags: ['метка 0'] },
    });
    expect(after(start, [...tags, ...back, [OPERATOR, 'undo']]).refusal).toBe('nothing_to_undo');
  });

  it('takes three gestures of three acts back on one message, in their order', () => {
    const states: object[] = [];
    const acts: Act[] = [];
    for (const [agency, street] of [
      [AGENCY, 'Ленина'],
      ['dgk', 'Пушкина'],
      [AGENCY, 'Шолом-Алейхема'],
    ] as const) {
      const { incident } = after(start, acts);
      states.push(stateOf(incident));
      acts.push(
        [
          OPERATOR,
          {
            name: 'classify',
            args: { group: 'Дворы', topic: street, from: incident.classification?.topic ?? '' },
          },
        ],
        [OPERATOR, { name: 'place', args: { place: { ...incident.place, street }, from: incident.place } }],
        [
          OPERATOR,
          { name: 'route', args: { agency, unit: '', from: currentAgency(incident) ?? '', reason: '' } },
        ],
      );
    }
    for (const before of states.toReversed()) {
      acts.push([OPERATOR, 'undo'], [OPERATOR, 'undo'], [OPERATOR, 'undo']);
      const { incident, refusal } = after(start, acts);
      expect([refusal, stateOf(incident)]).toEqual([null, before]);
    }
  });

  it('is nothing of what an older version wrote', () => {
    expect(start.undoable).toBeUndefined();
    const old = build([...WAY_TO.new, route]);
    expect(decide(ID, old, undoOf(actOf(0)), contextAt(LATER))).toMatchObject({
      refusal: { kind: 'nothing_to_undo' },
    });
  });
});

const PROMISED = WAY_TO.satisfaction.map((command): IncidentCommand =>
  command.name === 'draftReply'
    ? {
        name: 'draftReply',
        args: { ...command.args, promises: [{ due: TUESDAY_10 + 5000 * MINUTE, phrase: 'до пятницы' }] },
      }
    : command,
);

/** A step in which each command that can be taken back does something. */
const WHERE: Readonly<Record<UndoableCommand, readonly IncidentCommand[]>> = {
  classify: WAY_TO.new,
  place: WAY_TO.new,
  setImportance: WAY_TO.in_progress,
  claim: WAY_TO.assigned,
  release: [...WAY_TO.new, E.claim],
  route: WAY_TO.in_progress,
  returnToCentre: WAY_TO.in_progress,
  defer: WAY_TO.in_progress,
  reject: [...WAY_TO.returned, E.claim],
  merge: [...WAY_TO.deferred.slice(0, -1), E.claim],
  tag: [...WAY_TO.new, E.tag],
  movePromise: PROMISED,
};

describe.each(Object.keys(UNDOABLE) as UndoableCommand[])('%s, taken back', (name) => {
  const before = build(WHERE[name]);
  const command: IncidentCommand =
    name === 'tag' ? { name, args: { add: ['двор'], remove: ['школа'] } } : E[name];
  const acted = after(before, [[OPERATOR, command]]).incident;
  const undone = after(before, [
    [OPERATOR, command],
    [OPERATOR, 'undo'],
  ]);

  it('leaves everything as it was but the history', () => {
    expect(stateOf(acted)).not.toEqual(stateOf(before));
    expect(undone.refusal).toBeNull();
    expect(stateOf(undone.incident)).toEqual(stateOf(before));
  });

  it('stays in the history, marked, with who took it back and when', () => {
    const [act, undo] = undone.incident.history.slice(-2);
    expect(act).toMatchObject({ event: UNDOABLE[name], undone: true });
    expect(undo).toMatchObject({ event: 'undone', by: OPERATOR.id, at: LATER + MINUTE });
    expect(undo?.detail).toEqual({ act: UNDOABLE[name], event: actOf(0) });
  });

  it('counts in no figure', () => {
    expect(countedOf(undone.incident)).toEqual(countedOf(before));
  });
});

it('every other command is for good', () => {
  const lasting = (Object.keys(E) as IncidentCommand['name'][]).filter((name) => !isUndoable(name));
  expect(lasting).toHaveLength(Object.keys(E).length - Object.keys(UNDOABLE).length);
  for (const name of ['close', 'approve', 'note', 'register', 'undo'] as const)
    expect(lasting).toContain(name);
});

describe('an ending taken back', () => {
  // 10:00 in Birobidzhan; 14 hours later the local day is over, while UTC's goes on.
  const [SAME_DAY, NEXT_DAY] = [LATER + 11 * 60 * MINUTE, LATER + 12 * 60 * MINUTE];
  const undoneAt = (command: IncidentCommand, at: number): Incident => {
    const ended = after(build(WAY_TO.new), [[OPERATOR, command]]).incident;
    const decision = decide(ID, ended, undoOf(actOf(0)), contextAt(at));
    if (!decision.ok) throw new Error(decision.refusal.kind);
    return evolveAll(ID, ended, decision.events);
  };

  it.each([E.reject, E.merge])('$name on its own day was never there', (command) => {
    expect(countedOf(undoneAt(command, SAME_DAY))).toEqual(countedOf(start));
  });

  it.each([
    [E.reject, 'rejected'],
    [E.merge, 'merged'],
  ] as const)('$0.name on the day after counts as a reopening, and stays in its day', (command, step) => {
    expect(countedOf(undoneAt(command, NEXT_DAY))).toEqual({
      ...countedOf(start),
      reopened: 1,
      endings: [{ step, outcome: null, closedAt: LATER, reopenedAt: NEXT_DAY }],
    });
    expect(stateOf(undoneAt(command, NEXT_DAY))).toEqual(stateOf(start));
  });

  it('is no reopening where nothing had ended', () => {
    expect(countedOf(undoneAt(route, NEXT_DAY))).toEqual(countedOf(start));
  });
});
