import { describe, expect, it, test } from 'vitest';
import type { Actor } from '#shared/domain/actor.ts';
import { claimantBefore, claimEnd, doneOverClaim } from '#shared/domain/claim.ts';
import { decide } from '#shared/domain/decide.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { IncidentCommand } from '#shared/domain/command.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { DEFAULT_REGULATION } from '#shared/domain/regulation.ts';
import {
  build,
  contextAt,
  EXAMPLES,
  ID,
  MINUTE,
  OPERATOR,
  WAY_TO,
} from '#tests/fixtures/incident-builder.ts';

const OTHER: Actor = { id: 'operator-2', role: 'operator', agency: null };
const regulation = { ...DEFAULT_REGULATION, claimMinutes: 30 };
const claimed = build([...WAY_TO.new, EXAMPLES.claim]);
const END = claimEnd(claimed, regulation) ?? Number.NaN;

const after = (incident: Incident, command: IncidentCommand, actor: Actor, at: number): Incident => {
  const decided = decide(ID, incident, command, contextAt(at, { actor, regulation }));
  if (!decided.ok) throw new Error(decided.refusal.kind);
  return evolveAll(ID, incident, decided.events);
};

describe('a claim', () => {
  it('holds until the minutes of the regulation have gone by since the holder did something', () => {
    expect(
      decide(ID, claimed, EXAMPLES.claim, contextAt(END - 1, { actor: OTHER, regulation })),
    ).toMatchObject({
      ok: false,
      refusal: { kind: 'already_claimed', by: OPERATOR.id },
    });
    expect(after(claimed, EXAMPLES.claim, OTHER, END).holder).toBe(OTHER.id);
  });

  it('lasts longer by each act of the holder, and not by those of others', () => {
    const noted = after(claimed, EXAMPLES.note, OPERATOR, END - 1);
    expect(claimEnd(noted, regulation)).toBe(END - 1 + 30 * MINUTE);
    expect(claimEnd(after(claimed, EXAMPLES.note, OTHER, END - 1), regulation)).toBe(END);
  });

  it('is nobody’s where nobody has claimed', () => {
    expect(claimEnd(build(WAY_TO.new), regulation)).toBeNull();
  });
});

test.each([
  ['another’s reject', OTHER, 'reject', END - 1, OPERATOR.id],
  ['another’s reject after the claim has run out', OTHER, 'reject', END, null],
  ['one’s own', OPERATOR, 'reject', END - 1, null],
  ['a note, which takes nothing away', OTHER, 'note', END - 1, null],
  ['the approver’s turn', { ...OTHER, role: 'approver' }, 'approve', END - 1, null],
  ['an agency’s work', { ...OTHER, role: 'executor' }, 'returnToCentre', END - 1, null],
] as const)('%s is asked about as it should be', (_what, actor, name, at, wanted) => {
  expect(claimantBefore(claimed, { actor, name, at, regulation })).toBe(wanted);
});

describe('what was done over a claim', () => {
  const over = (incident: Incident): readonly string[] =>
    doneOverClaim(incident, OPERATOR.id, (id) => id === OTHER.id).map(({ event }) => event);
  const important = after(claimed, EXAMPLES.setImportance, OTHER, END - 3);

  it('is what others did since the holder’s own last act', () => {
    expect(over(claimed)).toEqual([]);
    expect(over(important)).toEqual(['importance_set']);
    expect(over(after(important, EXAMPLES.note, OPERATOR, END - 2))).toEqual([]);
  });

  it('holds what ended the claim, and nothing after it', () => {
    const rejected = after(important, EXAMPLES.reject, OTHER, END - 2);
    expect(over(after(rejected, EXAMPLES.note, OTHER, END - 1))).toEqual(['importance_set', 'rejected']);
  });

  it('is told of people alone', () => {
    expect(doneOverClaim(important, OPERATOR.id, () => false)).toEqual([]);
  });
});
