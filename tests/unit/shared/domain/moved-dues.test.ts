import { describe, expect, it, test } from 'vitest';
import { compileCalendar } from '#shared/domain/calendar.ts';
import { defaultPolicies } from '#shared/domain/data/default-policies.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { makeDecideContext } from '#shared/domain/decide-context.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { movedDues } from '#shared/domain/moved-dues.ts';
import { must } from '#shared/domain/must.ts';
import { withDay } from '#shared/domain/production-days.ts';
import { DEFAULT_REGULATION } from '#shared/domain/regulation.ts';
import { parseLocalTimestamp } from '#shared/domain/time-zone.ts';

const USUAL = defaultWorkingCalendar();
const calendar = compileCalendar(USUAL);
const holiday = compileCalendar(withDay(USUAL, '2026-03-06', 'off', 'День области'));
const policies = defaultPolicies;
const local = (text: string): number => must(parseLocalTimestamp(USUAL.zone, text), text);
/** A Thursday. */
const CREATED = local('2026-03-05 16:30:00');
const SOURCE = {
  network: 'vk',
  kind: 'comment',
  url: '',
  placeUrl: '',
  audience: null,
  engagement: null,
  hasMedia: false,
} as const;

function act(
  before: Incident | null,
  command: IncidentCommand,
  at: number,
  by: typeof calendar,
  id = before?.id ?? '0197a000-0000-7000-8000-000000000001',
): Incident {
  const decision = decide(
    id,
    before,
    command,
    makeDecideContext(
      { calendar: by, policies, agencies: new Map(), regulation: DEFAULT_REGULATION },
      { actor: { id: 'operator-1', role: 'operator', agency: null }, at, command: 'c', number: 7 },
    ),
  );
  if (!decision.ok) throw new Error(decision.refusal.kind);
  return decision.events.length === 0 ? must(before, 'an incident') : evolveAll(id, before, decision.events);
}
const registered = (createdAt: number, id?: string): Incident =>
  act(
    null,
    {
      name: 'register',
      args: {
        region: 'eao',
        createdAt,
        text: 'Яма',
        source: SOURCE,
        author: { name: '', url: '' },
      },
    },
    createdAt + 1000,
    calendar,
    id,
  );

it('names what moves with the old and the new moment, the nearest first, and counts the rest', () => {
  const one = registered(CREATED, '0197a000-0000-7000-8000-000000000001');
  const sooner = registered(CREATED - 3_600_000, '0197a000-0000-7000-8000-000000000002');
  const passed = registered(local('2026-03-02 09:00:00'), '0197a000-0000-7000-8000-000000000003');
  const now = CREATED + 60_000;
  expect(movedDues([one, passed, sooner], { calendar: holiday, policies }, now, 1)).toEqual({
    running: 2,
    moved: 2,
    late: 0,
    first: [
      {
        id: sooner.id,
        number: 7,
        was: local('2026-03-06 15:30:00'),
        is: local('2026-03-10 15:30:00'),
      },
    ],
  });
  expect(movedDues([one, passed, sooner], { calendar, policies }, now, 9)).toMatchObject({
    moved: 0,
    first: [],
  });
});

it('tells those that would be overdue at once', () => {
  const shorter = policies.map((policy) => ({ ...policy, minutes: 30 }));
  expect(
    movedDues([registered(CREATED)], { calendar, policies: shorter }, local('2026-03-06 09:00:00'), 9),
  ).toMatchObject({ moved: 1, late: 1 });
});

describe('a deadline that has passed', () => {
  const open = registered(CREATED);
  const late = local('2026-03-11 10:00:00');

  test('stays, whoever acts on the incident after a holiday was entered', () => {
    const noted = act(open, { name: 'note', args: { text: 'Звонили' } }, late, holiday);
    expect(noted.due).toEqual(open.due);
    expect(movedDues([noted], { calendar: holiday, policies }, late, 9)).toMatchObject({ running: 0 });
  });

  test('gives way to that of another importance', () => {
    const raised = act(
      open,
      { name: 'setImportance', args: { importance: 'high', reason: 'Опасно' } },
      late,
      holiday,
    );
    expect(raised.due).toMatchObject({ policy: 'first-reply-high', at: local('2026-03-10 11:30:00') });
  });

  test('while one that runs moves with whatever is done', () => {
    const noted = act(open, { name: 'note', args: { text: 'Звонили' } }, CREATED + 60_000, holiday);
    expect(noted.due?.at).toBe(local('2026-03-10 16:30:00'));
  });
});
