import { expect, test } from 'vitest';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { bouncesOf, goesRound } from '#shared/domain/returns.ts';
import { suggestRoutes } from '#shared/domain/routing.ts';
import {
  AGENCY,
  build,
  contextAt,
  ID,
  MINUTE,
  TUESDAY_10,
  WAY_TO,
} from '#tests/fixtures/incident-builder.ts';
import { actOf, undoOf } from '#tests/fixtures/undoing.ts';

const route = (agency: string): IncidentCommand => ({
  name: 'route',
  args: { agency, unit: '', from: '', reason: '' },
});
const back = (reason: string, target: string | null): IncidentCommand => ({
  name: 'returnToCentre',
  args: { reason, target },
});

const CLASSIFIED = WAY_TO.new;
const ONCE = [...CLASSIFIED, route(AGENCY), back('не наша дорога', 'dgk')];
const TWICE = [...ONCE, route('dgk'), back('дорога городская', null)];

test('the path tells each return with its times, its reason, whom it named and who got it next', () => {
  const [first, second] = bouncesOf(build([...TWICE, route('dgk')]));
  expect(first).toEqual({
    agency: AGENCY,
    unit: '',
    from: TUESDAY_10 + 10 * MINUTE,
    at: TUESDAY_10 + 15 * MINUTE,
    reason: 'не наша дорога',
    named: 'dgk',
    to: 'dgk',
  });
  expect(second).toMatchObject({ agency: 'dgk', reason: 'дорога городская', named: null, to: 'dgk' });
});

test('the second return raises the flag, the first does not', () => {
  expect(goesRound(build(ONCE))).toBe(false);
  expect(goesRound(build([...ONCE, route('dgk')]))).toBe(false);
  expect(goesRound(build(TWICE))).toBe(true);
});

test('being routed on by the centre is no return', () => {
  const moved = { name: 'route', args: { agency: 'dgk', unit: '', from: AGENCY, reason: 'ошибка' } } as const;
  expect(bouncesOf(build([...CLASSIFIED, route(AGENCY), moved]))).toEqual([]);
});

test('a return that was taken back is none', () => {
  const before = build([...CLASSIFIED, route(AGENCY)]);
  const step = (incident: Incident, wish: IncidentCommand, command: string): Incident => {
    const decision = decide(ID, incident, wish, contextAt(TUESDAY_10 + 60 * MINUTE, { command }));
    if (!decision.ok) throw new Error(decision.refusal.kind);
    return evolveAll(ID, incident, decision.events);
  };
  const returned = step(before, back('не наша дорога', 'dgk'), actOf(1));
  expect(bouncesOf(returned)).toHaveLength(1);
  const undone = step(returned, undoOf(actOf(1)), actOf(2));
  expect(undone.step.name).toBe('assigned');
  expect(bouncesOf(undone)).toEqual([]);
});

test('the agency that was named is proposed before an exact rule', () => {
  const rule = { id: 'r', topic: 'Снег', municipality: 'Биробиджан', agency: AGENCY };
  const query = { topic: 'Снег', group: 'Дороги', municipality: 'Биробиджан', at: TUESDAY_10 };
  const named = { agency: 'dgk', by: AGENCY };
  expect(suggestRoutes([rule], { ...query, named }).map(({ agency }) => agency)).toEqual(['dgk', AGENCY]);
  expect(suggestRoutes([rule], query).map(({ agency }) => agency)).toEqual([AGENCY]);
});
