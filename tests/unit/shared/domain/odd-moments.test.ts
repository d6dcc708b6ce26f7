import { describe, expect, it, test } from 'vitest';
import { decide } from '#shared/domain/decide.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { isSensible } from '#shared/domain/instant.ts';
import { exportRow } from '#shared/exchange/export-row.ts';
import { factsOf } from '#shared/report/facts/facts.ts';
import { requestView } from '#server/partners/request-view.ts';
import { rebase } from '#renderer/data/sync/rebase.ts';
import { centreSettingsOf } from '#renderer/data/sync/reference-context.ts';
import { whenIn } from '#renderer/kit/words/when.ts';
import { exchangeContext } from '#tests/fixtures/exchange.ts';
import {
  build,
  contextAt,
  EXAMPLES,
  incidentIn,
  OPERATOR,
  WAY_TO,
} from '#tests/fixtures/incident-builder.ts';
import { REFERENCE, ZONE } from '#tests/helpers/sync-fixtures.ts';

const ODD = [-9_007_199_254_740_991, 9_007_199_254_740_991, -1, 0, 8_640_000_000_000_001, 946_684_799_999];

/** Every moment of a value by the path to it. */
function momentsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value === 'number') return isSensible(value) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => momentsIn(part, [...path, name]));
}

function withAt<T>(value: T, path: readonly string[], at: number): T {
  const copy = structuredClone(value);
  let part = copy as Record<string, unknown>;
  for (const name of path.slice(0, -1)) part = part[name] as Record<string, unknown>;
  part[path.at(-1) ?? ''] = at;
  return copy;
}

const WHOLE = [incidentIn('done'), incidentIn('deferred'), build([...WAY_TO.approval, EXAMPLES.note])];
const cases = WHOLE.flatMap((incident) =>
  momentsIn(incident).map((path) => [path.join('.'), incident] as const),
);

describe('a stored moment that is none', () => {
  const directory = { zone: ZONE, agencyNames: new Map<string, string>() } as unknown as Parameters<
    typeof requestView
  >[2];
  const context = { calendar: exchangeContext.calendar, policies: exchangeContext.policies };

  it.each(cases)('at %s stops neither the export nor Open311 nor a summary', (path, incident) => {
    for (const odd of ODD) {
      const poisoned: Incident = withAt(incident, path.split('.'), odd);
      expect(() => exportRow(poisoned, exchangeContext)).not.toThrow();
      expect(() => requestView(poisoned, null, directory)).not.toThrow();
      expect(() => factsOf(poisoned, context)).not.toThrow();
    }
  });

  test.each(ODD)('%d is written as none on screens', (odd) => {
    const when = whenIn(ZONE, 'ru');
    const now = Date.UTC(2026, 1, 1);
    const written = [
      when.time(odd),
      when.day(odd),
      when.weekday(odd),
      when.date(odd, now),
      when.short(odd, now),
      when.full(odd),
    ];
    expect(new Set(written)).toEqual(new Set(['—']));
    expect(() => when.daysFromNow(odd, now)).not.toThrow();
  });
});

describe('a command of a clock that is none', () => {
  it.each([...ODD, Number.NaN, 1e300, 1.5])('is refused by name at %d', (at) => {
    const decision = decide('x', incidentIn('new'), EXAMPLES.note, contextAt(at));
    expect(decision).toEqual({ ok: false, refusal: { kind: 'clock_wrong' } });
  });

  it('is kept in the outbox and does not hide the card', () => {
    const confirmed = incidentIn('new');
    const item = {
      id: 'c',
      seq: 1,
      actor: OPERATOR.id,
      incident: confirmed.id,
      name: 'note@1',
      args: { text: 'x' },
      at: -9e15,
      baseVersion: 1,
      state: 'queued',
    } as const;
    const view = rebase(
      confirmed.id,
      confirmed,
      [item],
      centreSettingsOf(REFERENCE, ZONE),
      OPERATOR,
      new Map(),
    );
    expect(view).toEqual(confirmed);
  });

  it('of a moment that no calendar reaches is refused, and nothing throws', () => {
    const args = { ...EXAMPLES.register.args, createdAt: Date.UTC(2001, 0, 1) };
    const decision = decide('x', null, { name: 'register', args }, contextAt(Date.UTC(2001, 0, 2)));
    expect(decision).toMatchObject({ ok: false, refusal: { kind: 'malformed' } });
  });
});
