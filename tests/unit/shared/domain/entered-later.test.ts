import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { StepName } from '#shared/domain/step.ts';
import {
  AGENCY,
  contextAt,
  EXAMPLES as E,
  ID,
  incidentIn,
  MINUTE,
  TUESDAY_10,
} from '#tests/fixtures/incident-builder.ts';
import { actOf, stateOf, undoOf } from '#tests/fixtures/undoing.ts';

const NOW = TUESDAY_10 + 600 * MINUTE;
const REASON = 'не было связи';
const happened = (at: number) => ({ at, reason: REASON });

function judged(
  incident: Incident,
  command: IncidentCommand,
  claimed: number | null = null,
): Incident | Refusal {
  const decision = decide(ID, incident, command, contextAt(NOW, { command: actOf(1), claimed }));
  return decision.ok ? evolveAll(ID, incident, decision.events) : decision.refusal;
}

const done = (result: Incident | Refusal): Incident => {
  if ('kind' in result) throw new Error(result.kind);
  return result;
};

const WAYS: readonly (readonly [StepName, (at: number) => IncidentCommand])[] = [
  [
    'new',
    (at) => ({
      name: 'route',
      args: { agency: AGENCY, unit: '', from: '', reason: '', happened: happened(at) },
    }),
  ],
  ['assigned', (at) => ({ name: 'takeToWork', args: { happened: happened(at) } })],
  [
    'in_progress',
    (at) => ({ name: 'returnToCentre', args: { reason: 'не наше', target: null, happened: happened(at) } }),
  ],
];

describe.each(WAYS)('from %s, an act entered afterwards', (step, command) => {
  const incident = incidentIn(step);
  const at = incident.step.since + MINUTE;

  it('counts from when it happened, and keeps when and why it was entered', () => {
    const after = done(judged(incident, command(at)));
    expect(after.step.since).toBe(at);
    expect(after.history.at(-1)).toMatchObject({ at, entered: { at: NOW, reason: REASON } });
    expect(after.history.at(-1)).not.toHaveProperty('claimed');
  });

  it('is the act itself but for its moment', () => {
    const plain = decide(ID, incident, command(at), contextAt(at));
    if (!plain.ok) throw new Error(plain.refusal.kind);
    const { history: _, ...now } = evolveAll(
      ID,
      incident,
      plain.events.map(({ entered: _entered, ...event }) => event),
    );
    const { history: _history, undoable: _undoable, ...later } = done(judged(incident, command(at)));
    expect(later).toEqual(now);
  });

  it('cannot have happened before the incident stood there, nor later than now', () => {
    expect(judged(incident, command(incident.step.since - 1))).toEqual({
      kind: 'before_this_step',
      at: incident.step.since,
    });
    expect(judged(incident, command(NOW + 1))).toEqual({ kind: 'date_in_future' });
    expect('kind' in judged(incident, command(incident.step.since))).toBe(false);
  });

  it('by a clock nobody believes is entered now all the same', () => {
    const line = done(judged(incident, command(at), NOW - 90 * 24 * 60 * MINUTE)).history.at(-1);
    expect(line).toMatchObject({ at, entered: { at: NOW } });
    expect(line).not.toHaveProperty('claimed');
  });
});

it('cannot have happened while the incident was out of work', () => {
  const back = done(judged(incidentIn('merged'), E.unmerge));
  expect(back.step.since).toBeLessThan(NOW);
  const [, route] = WAYS[0] ?? [];
  expect(judged(back, route?.(NOW - 1) ?? E.note)).toEqual({ kind: 'before_this_step', at: NOW });
});

it('is taken back like any other', () => {
  const incident = incidentIn('new');
  const [, route] = WAYS[0] ?? [];
  const routed = done(judged(incident, route?.(incident.step.since) ?? E.note));
  expect(stateOf(done(judged(routed, undoOf(actOf(1)))))).toEqual(stateOf(incident));
});

describe('an answer given before it was approved here', () => {
  const incident = incidentIn('publishing');
  const approvedAt = incident.replies.at(-1)?.approvedAt ?? 0;
  const published = (at: number, late?: string): Incident =>
    done(
      judged(incident, {
        ...E.recordPublication,
        args: { ...E.recordPublication.args, at, ...(late === undefined ? {} : { late }) },
      }),
    );

  it('says that it is entered later, and why', () => {
    const line = published(approvedAt - MINUTE, REASON).history.at(-1);
    expect(line).toMatchObject({ at: approvedAt - MINUTE, entered: { at: NOW, reason: REASON } });
    // Consoles of earlier releases give no reason; it is marked all the same.
    expect(published(approvedAt - MINUTE).history.at(-1)).toMatchObject({ entered: { reason: '' } });
  });

  it('of the minute of its approval, or after it, is entered as it should be', () => {
    for (const at of [approvedAt, approvedAt + MINUTE])
      expect(published(at, REASON).history.at(-1)).not.toHaveProperty('entered');
  });
});
