import { expect, test } from 'vitest';
import { decide } from '#shared/domain/decide.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { againstCurrent, mayGoAgain } from '#renderer/screens/not-accepted/against-current.ts';
import { AGENCY, contextAt, EXAMPLES, ID, incidentIn, TUESDAY_10 } from '#tests/fixtures/incident-builder.ts';

test('a route refused because somebody was faster is accepted against what is now', () => {
  const incident = incidentIn('assigned');
  const stale = { name: 'route', args: { ...EXAMPLES.route.args, from: '' } } as const;
  const context = contextAt(TUESDAY_10 + 3_600_000);
  expect(decide(ID, incident, stale, context)).toMatchObject({
    ok: false,
    refusal: { kind: 'already_routed', to: AGENCY },
  });
  expect(decide(ID, incident, againstCurrent(stale, incident), context).ok).toBe(true);
});

test('a topic changed meanwhile is overwritten knowingly', () => {
  const incident = incidentIn('new');
  const stale = { name: 'classify', args: { ...EXAMPLES.classify.args, from: 'Дворы' } } as const;
  const context = contextAt(TUESDAY_10 + 3_600_000);
  expect(decide(ID, incident, stale, context)).toMatchObject({
    ok: false,
    refusal: { kind: 'changed_meanwhile' },
  });
  expect(decide(ID, incident, againstCurrent(stale, incident), context).ok).toBe(true);
});

test('commands that saw nothing go again as they were', () => {
  expect(againstCurrent(EXAMPLES.note, incidentIn('new'))).toBe(EXAMPLES.note);
});

const refused = (refusal: Refusal) => ({ why: { kind: 'refused', refusal } }) as const;

test.each<Refusal>([
  { kind: 'other_submission', by: 'operator', at: TUESDAY_10 },
  { kind: 'submission_unnamed' },
  { kind: 'acted_on_top', act: 'returned_to_centre', by: 'operator', at: TUESDAY_10 },
  { kind: 'not_your_act', by: 'operator' },
  { kind: 'nothing_to_undo' },
])('$kind is decided on the incident: the same command would be refused again', (refusal) => {
  expect(mayGoAgain(refused(refusal))).toBe(false);
});

test('what a change of the incident or of the clock can mend may go again', () => {
  expect(mayGoAgain(refused({ kind: 'clock_wrong' }))).toBe(true);
  expect(mayGoAgain(refused({ kind: 'not_classified' }))).toBe(true);
  expect(mayGoAgain({ why: { kind: 'held', reason: 'решает руководитель' } })).toBe(true);
});
