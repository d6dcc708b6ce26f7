import { expect, test } from 'vitest';
import { decide } from '#shared/domain/decide.ts';
import { againstCurrent } from '#renderer/not-accepted/against-current.ts';
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
