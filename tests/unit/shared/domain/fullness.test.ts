import { describe, expect, test } from 'vitest';
import { makeDecideContext } from '#shared/domain/decide-context.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import { INCIDENT_LIMITS, type FullPart } from '#shared/domain/fullness.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { centreSettingsOf } from '#renderer/data/sync/reference-context.ts';
import {
  CLASSIFY,
  idMaker,
  incidentAfter,
  NOON,
  NOTE,
  operator,
  REFERENCE,
  ZONE,
} from '#tests/helpers/sync-fixtures.ts';

const OTHER = idMaker(8)();
const START = incidentAfter(idMaker(7)(), [CLASSIFY]);
const settings = centreSettingsOf(REFERENCE, ZONE);

const decided = (incident: Incident, command: IncidentCommand, target: Incident | null = null) =>
  decide(
    incident.id,
    incident,
    command,
    makeDecideContext(settings, {
      actor: { ...operator('u1'), role: command.name === 'changeSource' ? 'system' : 'operator' },
      at: NOON,
      command: null,
      target,
    }),
  );

/** Repeats a command until it is refused; gives the refusal and what stands then. */
function fill(commandOf: (n: number) => IncidentCommand): { refusal: unknown; incident: Incident } {
  let incident = START;
  for (let n = 0; n < 10_000; n += 1) {
    const decision = decided(incident, commandOf(n));
    if (!decision.ok) return { refusal: decision.refusal, incident };
    incident = evolveAll(incident.id, incident, decision.events);
  }
  throw new Error('never full');
}

const message = (text: string, n: number): IncidentCommand => ({
  name: 'receiveMessage',
  args: { text: `${text} ${n}`, at: NOON - 1_000_000 + n, url: '' },
});

const edit = (text: string): IncidentCommand => ({
  name: 'changeSource',
  args: { said: 0, url: '', text, at: NOON },
});

describe('an incident', () => {
  test.each<[FullPart, (n: number) => IncidentCommand]>([
    ['notes', (n) => NOTE(String(n))],
    ['tags', (n) => ({ name: 'tag', args: { add: [`метка ${n}`], remove: [] } })],
    ['messages', (n) => message('ещё', n)],
    ['changes', (n) => edit(`правка ${n}`)],
    ['history', (n) => ({ name: n % 2 === 0 ? 'claim' : 'release', args: {} })],
    ['letters', (n) => message('я'.repeat(90_000), n)],
    ['letters', (n) => NOTE(`${n}`.padEnd(5000, 'я'))],
  ])('holds so many %s and refuses more by name', (part, commandOf) => {
    const { refusal, incident } = fill(commandOf);
    expect(refusal).toEqual({ kind: 'incident_full', part, limit: INCIDENT_LIMITS[part] });
    expect(JSON.stringify(incident).length).toBeLessThanOrEqual(1.2 * INCIDENT_LIMITS.letters);
  });

  test('that is full is brought to its end all the same, and what takes nothing more is not refused', () => {
    const { incident } = fill((n) => message('я'.repeat(90_000), n));
    expect(decided(incident, { name: 'tag', args: { add: [], remove: ['нет'] } })).toMatchObject({
      ok: true,
    });
    expect(decided(incident, { name: 'reject', args: { reason: 'spam', comment: '' } })).toMatchObject({
      ok: true,
    });
  });

  test.each<[FullPart, (n: number) => IncidentCommand]>([
    ['messages', (n) => message('ещё', n)],
    ['letters', (n) => message('я'.repeat(90_000), n)],
  ])('is not merged into another one where the %s of both are more than one holds', (part, commandOf) => {
    const { incident: target } = fill(commandOf);
    const decision = decided(START, commandOf(20_000));
    const more = evolveAll(START.id, START, decision.ok ? decision.events : []);
    const other: IncidentCommand = { name: 'merge', args: { into: OTHER } };
    expect(decided(more, other, { ...target, id: OTHER })).toEqual({
      ok: false,
      refusal: { kind: 'merge_target_full', part, limit: INCIDENT_LIMITS[part] },
    });
    expect(decided(more, other, { ...START, id: OTHER })).toMatchObject({ ok: true });
  });

  test('that was fuller before there were limits stays as it is and takes what makes it no fuller', () => {
    const { incident } = fill((n) => NOTE(String(n)));
    const note = incident.notes[0] ?? { text: '', at: NOON, by: '' };
    const fuller = { ...incident, notes: Array.from({ length: 1500 }, () => note) };
    expect(decided(fuller, NOTE('ещё одна'))).toMatchObject({
      ok: false,
      refusal: { kind: 'incident_full' },
    });
    expect(
      decided(fuller, { name: 'setImportance', args: { importance: 'high', reason: '' } }),
    ).toMatchObject({ ok: true });
  });
});
