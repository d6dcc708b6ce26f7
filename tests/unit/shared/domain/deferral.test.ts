import { expect, test } from 'vitest';
import type { Actor } from '#shared/domain/actor.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { DEFAULT_REGULATION, regulationOf } from '#shared/domain/regulation.ts';
import {
  AGENCY,
  build,
  contextAt,
  ID,
  incidentIn,
  MINUTE,
  OPERATOR,
  WAY_TO,
} from '#tests/fixtures/incident-builder.ts';

const EXECUTOR: Actor = { id: 'executor-1', role: 'executor', agency: AGENCY };
const WORKING = incidentIn('in_progress');
const given = must(WORKING.assignments[0], 'an assignment').at;

const deferral = (until: number): IncidentCommand => ({ name: 'defer', args: { until, reason: 'ждём' } });

function judged(incident: Incident, command: IncidentCommand, actor: Actor, deferDays = 30) {
  const regulation = { ...DEFAULT_REGULATION, deferDays };
  return decide(ID, incident, command, contextAt(given + 60 * MINUTE, { actor, regulation }));
}

test.each([1, 30, 366])(
  'an agency puts work off until %i days after it was given it, and no longer',
  (days) => {
    const latest = given + days * MS_PER_DAY;
    expect(judged(WORKING, deferral(latest), EXECUTOR, days).ok).toBe(true);
    expect(judged(WORKING, deferral(latest + 1), EXECUTOR, days)).toEqual({
      ok: false,
      refusal: { kind: 'deferred_too_long', latest },
    });
  },
);

test('the bound does not move when work is put off once more', () => {
  const first = judged(WORKING, deferral(given + 29 * MS_PER_DAY), EXECUTOR);
  if (!first.ok) throw new Error(first.refusal.kind);
  const deferred = evolveAll(ID, WORKING, first.events);
  expect(judged(deferred, deferral(given + 30 * MS_PER_DAY), EXECUTOR).ok).toBe(true);
  expect(judged(deferred, deferral(given + 31 * MS_PER_DAY), EXECUTOR).ok).toBe(false);
});

test('the centre puts work off for as long as it likes', () => {
  expect(judged(WORKING, deferral(given + 3650 * MS_PER_DAY), OPERATOR).ok).toBe(true);
});

test('a promise is moved by an agency within the same bound, counted from the day that was published', () => {
  const due = given + 5 * MS_PER_DAY;
  const promising = WAY_TO.satisfaction.map((command): IncidentCommand =>
    command.name === 'draftReply'
      ? { name: 'draftReply', args: { ...command.args, promises: [{ due, phrase: 'до пятницы' }] } }
      : command,
  );
  const promised = build(promising);
  const moved = (to: number): IncidentCommand => ({
    name: 'movePromise',
    args: { promise: 0, due: to, precision: 'hour', reason: 'ждём деталь' },
  });
  const latest = due + 30 * MS_PER_DAY;
  const once = judged(promised, moved(latest), EXECUTOR);
  if (!once.ok) throw new Error(once.refusal.kind);
  const after = evolveAll(ID, promised, once.events);
  for (const incident of [promised, after])
    expect(judged(incident, moved(latest + 1), EXECUTOR)).toEqual({
      ok: false,
      refusal: { kind: 'deferred_too_long', latest },
    });
  expect(judged(promised, moved(latest + 1), OPERATOR).ok).toBe(true);
});

test('rules that cannot be read are the default ones, and a newer release’s fields are passed over', () => {
  for (const row of [undefined, null, 7, { deferDays: 0 }, { deferDays: '30' }])
    expect(regulationOf(row)).toEqual(DEFAULT_REGULATION);
  expect(regulationOf({ deferDays: 7, later: true })).toEqual({ ...DEFAULT_REGULATION, deferDays: 7 });
});
