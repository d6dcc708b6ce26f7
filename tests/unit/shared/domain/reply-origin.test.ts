import { describe, expect, it, test } from 'vitest';
import type { Actor } from '#shared/domain/actor.ts';
import type { ArgsOf } from '#shared/domain/command.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { factsOf } from '#shared/report/facts/facts.ts';
import { AGENCY, contextAt, ID, incidentIn, MINUTE, OPERATOR } from '#tests/fixtures/incident-builder.ts';

const WORKING = incidentIn('in_progress');
const NOW = WORKING.step.since + 60 * MINUTE;
const EXECUTOR: Actor = { id: 'executor-1', role: 'executor', agency: AGENCY };
const DRAFT: ArgsOf<'draftReply'> = { text: 'Расчистят.', kind: 'final', promises: [] };

const decided = (args: Partial<ArgsOf<'draftReply'>>, incident = WORKING, actor = OPERATOR) =>
  decide(ID, incident, { name: 'draftReply', args: { ...DRAFT, ...args } }, contextAt(NOW, { actor }));

function drafted(args: Partial<ArgsOf<'draftReply'>>, incident = WORKING): Incident {
  const decision = decided(args, incident);
  if (!decision.ok) throw new Error(decision.refusal.kind);
  return evolveAll(ID, incident, decision.events);
}

function submitted(incident: Incident, warnings?: ArgsOf<'submitForApproval'>['warnings']): Incident {
  const args = warnings === undefined ? {} : { warnings };
  const decision = decide(ID, incident, { name: 'submitForApproval', args }, contextAt(NOW));
  if (!decision.ok) throw new Error(decision.refusal.kind);
  return evolveAll(ID, incident, decision.events);
}

const factOf = (incident: Incident) => {
  const { calendar, policies } = contextAt(NOW);
  const { template, overlooked } = factsOf(incident, { calendar, policies });
  return { template, overlooked };
};

describe('an answer that came by telephone or on paper', () => {
  const came = { way: 'phone', at: WORKING.createdAt + MINUTE } as const;

  it('is the agency’s, with its own moment, in the reply and in the history', () => {
    const after = drafted({ came });
    expect(after.replies.at(-1)).toMatchObject({ agency: AGENCY, came, by: OPERATOR.id, draftedAt: NOW });
    expect(after.history.at(-1)).toMatchObject({
      event: 'reply_drafted',
      at: NOW,
      detail: { way: 'phone', cameAt: came.at },
    });
  });

  it('keeps its moment on approval, and loses it where the agency writes anew', () => {
    expect(submitted(drafted({ came })).replies.at(-1)).toMatchObject({ state: 'submitted', came });
    expect(drafted({ text: 'Иначе.' }, drafted({ came })).replies.at(-1)).not.toHaveProperty('came');
  });

  it('is saved again where only its moment was mended, and not where nothing was', () => {
    const saved = drafted({ came });
    expect(decided({ came }, saved)).toMatchObject({ ok: true, events: [] });
    expect(drafted({ came: { way: 'paper', at: NOW } }, saved).replies.at(-1)?.came?.way).toBe('paper');
  });

  test.each([
    ['after now', NOW + 1, 'date_in_future'],
    ['before the message', WORKING.createdAt - 1, 'date_in_past'],
  ])('cannot have come %s', (_when, at, kind) => {
    expect(decided({ came: { way: 'paper', at } })).toMatchObject({ refusal: { kind } });
  });

  it('is not entered by an executor, who writes here himself', () => {
    expect(decided({ came }, WORKING, EXECUTOR)).toMatchObject({ refusal: { kind: 'role_may_not' } });
    expect(decided({}, WORKING, EXECUTOR)).toMatchObject({ ok: true });
  });
});

it('remembers the template a reply was begun with, until a later one is begun with another', () => {
  const first = drafted({ template: 'sneg' });
  expect(first.replies.at(-1)?.template).toBe('sneg');
  expect(factOf(first).template).toBe('sneg');
  const again = drafted({ template: 'sdelano', text: 'Иначе.' }, first);
  expect(factOf(again).template).toBe('sdelano');
  expect(factOf(WORKING).template).toBe('');
});

it('counts the warnings that were left each time a reply was sent for approval', () => {
  const once = submitted(drafted({}), ['no_date', 'officialese', 'no_date']);
  expect(
    must(
      once.history.find(({ event }) => event === 'reply_submitted'),
      'a line',
    ).detail,
  ).toEqual({
    warnings: 2,
  });
  expect(factOf(once).overlooked).toBe(2);
  expect(factOf(submitted(drafted({}), [])).overlooked).toBe(0);
  expect(factOf(submitted(drafted({}))).overlooked).toBe(0);
});
